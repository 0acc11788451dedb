// The printed plan of docs/plan.md is the plan the core makes.
#include <fstream>
#include <sstream>

#include "check.h"
#include "core/compiled_plan.h"
#include "program_builder.h"

TEST(the_documented_plan_is_true) {
  ProgramBuilder program(6);
  program.gate("h", {}, {0});
  for (int q = 0; q < 5; ++q) program.gate("cx", {{q, 1}}, {q + 1});
  program.gate("rzz", {}, {0, 5}, {0.3}).gate("rx", {}, {2}, {0.4}).gate("rxx", {}, {1, 3}, {0.2});
  program.gate("swap", {}, {0, 1});
  const std::string printed = qmlx::explain_plan(*plan_of(program, {4, 2, 2, 1, 0}));
  std::ifstream page(QMLX_SOURCE_DIR "/docs/plan.md");
  std::stringstream text;
  text << page.rdbuf();
  CHECK(text.str().find("```text\n" + printed + "```") != std::string::npos);
}
