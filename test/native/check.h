// A test program in one header. Each test/native/NAME.cpp includes it once, defines tests with
// TEST(name) { … } and gets a main() that runs them and prints "N passed, N failed".
#pragma once

#include <cmath>
#include <cstdio>
#include <exception>
#include <sstream>
#include <string>
#include <vector>

namespace check {

struct Test {
  const char* name;
  void (*body)();
};

inline std::vector<Test>& tests() {
  static std::vector<Test> all;
  return all;
}

inline int& failures_of_test() {
  static int count = 0;
  return count;
}

struct Registration {
  Registration(const char* name, void (*body)()) { tests().push_back({name, body}); }
};

inline void fail(const char* file, int line, const std::string& text) {
  std::printf("%s:%d: %s\n", file, line, text.c_str());
  ++failures_of_test();
}

template <class A, class B>
void equal(const char* file, int line, const char* text, const A& actual, const B& expected) {
  if (actual == expected) return;
  std::ostringstream message;
  message << text << ": got " << actual << ", expected " << expected;
  fail(file, line, message.str());
}

inline void near(const char* file, int line, const char* text, double actual, double expected,
                 double tolerance) {
  if (std::abs(actual - expected) <= tolerance) return;
  std::ostringstream message;
  message.precision(17);
  message << text << ": got " << actual << ", expected " << expected << " within " << tolerance;
  fail(file, line, message.str());
}

inline int run_all() {
  int passed = 0;
  int failed = 0;
  for (const Test& test : tests()) {
    failures_of_test() = 0;
    try {
      test.body();
    } catch (const std::exception& error) {
      fail(test.name, 0, error.what());
    }
    const bool ok = failures_of_test() == 0;
    ++(ok ? passed : failed);
    if (!ok) std::printf("FAILED %s\n", test.name);
  }
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed == 0 && passed > 0 ? 0 : 1;
}

}  // namespace check

#define TEST(name)                                                      \
  static void test_##name();                                            \
  static const check::Registration register_##name(#name, test_##name); \
  static void test_##name()

#define CHECK(condition) \
  ((condition) ? (void)0 : check::fail(__FILE__, __LINE__, "expected " #condition))
#define CHECK_EQUAL(actual, expected) \
  check::equal(__FILE__, __LINE__, #actual, (actual), (expected))
#define CHECK_NEAR(actual, expected, tolerance) \
  check::near(__FILE__, __LINE__, #actual, (actual), (expected), (tolerance))

int main() { return check::run_all(); }
