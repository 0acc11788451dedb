// Exact distributions: branches wait for each other at decisions, and those with the same state and
// the same classical future become one. Where more branches are left than states fit, each is
// followed on its own (execution.cpp).
#include <algorithm>
#include <iterator>

#include "core/atomic_flag.h"
#include "core/comparison.h"
#include "core/execution.h"
#include "core/live_values.h"

namespace qmlx {

// The branch that is furthest behind goes first, so that the ways through a condition or a loop
// meet behind it (as threads of one processor do; Collange, Stack-less SIMT reconvergence, 2011).
Status Execution::merge_and_follow(Branch root) {
  const LiveValues live(program_);
  std::vector<Branch> waiting;
  if (Status status = wait_at_decision(std::move(root), waiting); !status.ok()) return status;
  while (!waiting.empty() && 2 * waiting.size() <= max_states_) {
    if (is_set(control_.cancel)) return failure(Code::cancelled, "Cancelled.");
    const auto behind = [](const Branch& a, const Branch& b) { return a.walk.next < b.walk.next; };
    const std::uint32_t place = std::min_element(waiting.begin(), waiting.end(), behind)->walk.next;
    const auto others = std::partition(waiting.begin(), waiting.end(), [place](const Branch& one) {
      return one.walk.next != place;
    });
    std::vector<Branch> here(std::make_move_iterator(others),
                             std::make_move_iterator(waiting.end()));
    waiting.erase(others, waiting.end());
    if (Status status = merge(here, live); !status.ok()) return status;
    for (Branch& branch : here) {
      if (Status status = part(std::move(branch), waiting); !status.ok()) return status;
    }
    if (control_.progress) report();
  }
  std::move(waiting.begin(), waiting.end(), std::back_inserter(stack_));
  return {};
}

// Runs a branch to its next decision, or to its end.
Status Execution::wait_at_decision(Branch branch, std::vector<Branch>& waiting) {
  if (!branch.state) {
    if (Status status = replay(branch); !status.ok()) return status;
  }
  const std::vector<Instruction>& instructions = program_.instructions();
  while (branch.walk.next < program_.terminal_start()) {
    const Instruction& instruction = instructions[branch.walk.next];
    if (decides(instruction.kind)) {
      waiting.push_back(std::move(branch));
      return {};
    }
    if (Status status = walker_.carry_out(instruction, branch.walk, *branch.state); !status.ok())
      return status;
  }
  --live_states_;
  return finish_exactly(branch);
}

// Decides a branch; what comes of it waits at its next decision.
Status Execution::part(Branch branch, std::vector<Branch>& waiting) {
  const std::size_t before = stack_.size();
  if (Status status = decide(branch, program_.instructions()[branch.walk.next]); !status.ok())
    return status;
  if (branch.weight == 0) {
    --live_states_;
  } else if (Status status = wait_at_decision(std::move(branch), waiting); !status.ok()) {
    return status;
  }
  while (stack_.size() > before) {
    Branch other = std::move(stack_.back());
    stack_.pop_back();
    if (Status status = wait_at_decision(std::move(other), waiting); !status.ok()) return status;
  }
  return {};
}

// Gives the weight of branches with one future to one of them.
Status Execution::merge(std::vector<Branch>& branches, const LiveValues& live) {
  for (std::size_t kept = 0; kept < branches.size(); ++kept) {
    Branch& one = branches[kept];
    for (std::size_t k = branches.size(); k-- > kept + 1;) {
      if (!live.equal(one.walk.next, one.walk, branches[k].walk)) continue;
      bool same = false;
      if (Status status = compare_states(*one.state, *branches[k].state, same); !status.ok())
        return status;
      if (!same) continue;
      one.weight += branches[k].weight;
      branches.erase(branches.begin() + static_cast<std::ptrdiff_t>(k));
      --live_states_;
    }
  }
  return {};
}

}  // namespace qmlx
