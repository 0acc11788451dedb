// What becomes of engines whose library is missing, damaged or something else.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

#include "check.h"
#include "engines/loader.h"

using namespace qmlx;

namespace {

const std::filesystem::path& folder() {
  static const std::filesystem::path path = [] {
    const auto made = std::filesystem::temp_directory_path() /
                      ("qmlx-loader-" + std::to_string(std::random_device{}()));
    std::filesystem::create_directory(made);
    return made;
  }();
  return path;
}

std::string file_with(const char* name, const std::string& content) {
  const auto path = folder() / name;
  std::ofstream(path, std::ios::binary) << content;
  return path.string();
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Code load(const std::string& path, std::string& text) {
  const qmlx_engine_table* table = nullptr;
  const Status status = load_engine({path, false}, table);
  text = status.message;
  CHECK((table != nullptr) == status.ok());
  return status.code;
}

}  // namespace

TEST(paths_must_be_absolute) {
  std::string text;
  CHECK(load("libqmlx_mlx.so", text) == Code::invalid_argument);
  CHECK(load("", text) == Code::invalid_argument);
}

TEST(missing_and_damaged_files_are_told_apart_by_the_loader) {
  std::string text;
  CHECK(load((folder() / "nothing.so").string(), text) == Code::backend_unavailable);
  CHECK(text.find("nothing.so") != std::string::npos);
  CHECK(load(file_with("empty.so", ""), text) == Code::backend_unavailable);
  CHECK(load(file_with("words.so", std::string(5000, 'q')), text) == Code::backend_unavailable);
  CHECK(load(folder().string(), text) == Code::backend_unavailable);
}

#if defined(__linux__)
TEST(a_libmlx_for_cuda_needs_the_driver) {
  if (std::filesystem::exists("/dev/nvidia0")) return;
  const qmlx_engine_table* table = nullptr;
  const Status status = load_engine({"/nowhere/libqmlx_mlx.so", true}, table);
  CHECK(status.code == Code::backend_unavailable);
  CHECK(status.message.find("NVIDIA driver") != std::string::npos);
}
#endif

#if defined(QMLX_MLX_ENGINE)
TEST(a_truncated_engine_or_one_for_another_processor_is_refused) {
  const std::string engine = content_of(QMLX_MLX_ENGINE);
  std::string text;
  for (const std::size_t size : {std::size_t{64}, std::size_t{1000}, engine.size() / 2}) {
    CHECK(load(file_with("truncated.so", engine.substr(0, size)), text) ==
          Code::backend_unavailable);
  }
  std::string other = engine;
  other[18] = static_cast<char>(other[18] ^ 0x7f);  // e_machine
  CHECK(load(file_with("other.so", other), text) == Code::backend_unavailable);
}

TEST(an_engine_without_its_libmlx_is_refused_with_the_name_of_what_is_missing) {
  std::string engine = content_of(QMLX_MLX_ENGINE);
  // The folders in which it looks, and the library's name, so that none is found.
  for (std::size_t at = engine.find("libmlx.so"); at != std::string::npos;
       at = engine.find("libmlx.so", at + 1))
    engine.replace(at, 9, "libnil.so");
  std::string text;
  CHECK(load(file_with("alone.so", engine), text) == Code::backend_unavailable);
  CHECK(text.find("libnil.so") != std::string::npos);
}

TEST(a_library_without_the_getter_is_no_engine) {
  std::string engine = content_of(QMLX_MLX_ENGINE);
  for (std::size_t at = engine.find("qmlx_engine_table_get"); at != std::string::npos;
       at = engine.find("qmlx_engine_table_get", at + 1))
    engine.replace(at, 21, "qmlx_engine_table_got");
  std::string text;
  CHECK(load(file_with("stranger.so", engine), text) == Code::backend_unavailable);
  CHECK(text.find("no engine of qmlx") != std::string::npos);
}
#endif

TEST(files_are_removed) {
  std::filesystem::remove_all(folder());
  CHECK(!std::filesystem::exists(folder()));
}
