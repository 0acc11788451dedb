#include <bit>
#include <concepts>
#include <string>
#include <string_view>
#include <utility>

#include "core/compiled_plan.h"

namespace qmlx {

namespace {

// A stream of the standard library would bring half of its text and locales into the addon.
class Text {
 public:
  Text& operator<<(std::string_view part) {
    text_ += part;
    return *this;
  }
  Text& operator<<(char symbol) {
    text_ += symbol;
    return *this;
  }
  Text& operator<<(std::unsigned_integral auto number) {
    text_ += std::to_string(number);
    return *this;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

class Explanation {
 public:
  explicit Explanation(const CompiledPlan& plan) : view_(plan.view()), header_(view_.header()) {}

  std::string run() {
    count(header_.bits, "qubit") << ": ";
    count(header_.pass_count, "pass", "passes") << ", ";
    count(header_.stage_count, "stage") << ", ";
    count(header_.operation_count, "operation") << ", ";
    count(header_.term_count, "diagonal term") << ", ";
    count(header_.value_count / kSlotScalars, "value") << '\n';
    text_ << "tile 2^" << header_.tile_bits << " amplitudes, rows 2^" << header_.row_bits
          << ", registers 2^" << header_.register_bits << ", lanes 2^" << header_.lane_bits << '\n';
    unsigned number = 0;
    for (const Pass& pass : view_.passes()) {
      text_ << "pass " << number++ << ": tile";
      qubits(pass.tile_mask);
      text_ << '\n';
      for (const Stage& stage : view_.stages(pass))
        stage.kind == StageKind::diagonal ? diagonal(stage, pass) : phase(stage, pass);
    }
    order();
    return text_.take();
  }

 private:
  Text& count(std::uint32_t number, const char* one, const char* many = nullptr) {
    text_ << number << ' ';
    if (number == 1) return text_ << one;
    return many != nullptr ? text_ << many : text_ << one << 's';
  }

  unsigned qubit(unsigned bit) const { return header_.bits - 1 - bit; }

  void qubits(std::uint64_t mask) {
    for (unsigned bit = header_.bits; bit-- > 0;) {
      if ((mask >> bit & 1) != 0) text_ << " q" << qubit(bit);
    }
  }

  void conditions(std::uint64_t mask, std::uint64_t value) {
    const char* word = " if";
    for (unsigned bit = header_.bits; bit-- > 0;) {
      if ((mask >> bit & 1) == 0) continue;
      text_ << word << " q" << qubit(bit) << '=' << (value >> bit & 1);
      word = " and";
    }
  }

  static std::uint64_t scatter(std::uint32_t positions, const Pass& pass) {
    std::uint64_t mask = 0;
    for (; positions != 0; positions &= positions - 1)
      mask |= std::uint64_t{1} << pass.tile_bits[std::countr_zero(positions)];
    return mask;
  }

  // A mask whose parts are lanes, registers of the stage, tile positions and outside bits.
  std::uint64_t join(std::uint32_t lane, std::uint32_t registers, std::uint32_t tile,
                     std::uint64_t outside, const Stage& stage, const Pass& pass) const {
    for (; registers != 0; registers &= registers - 1)
      tile |= std::uint32_t{1} << stage.register_positions[std::countr_zero(registers)];
    return scatter(tile | lane, pass) | outside;
  }

  void diagonal(const Stage& stage, const Pass& pass) {
    text_ << "  diagonal\n";
    for (const Term& term : view_.terms(stage)) {
      const std::uint64_t parity = scatter(term.tile_parity, pass) | term.outside_parity;
      text_ << "    " << (parity == 0 ? "phase" : "parity");
      qubits(parity);
      text_ << " v" << term.slot / kSlotScalars;
      conditions(scatter(term.tile_mask, pass) | term.outside_mask,
                 scatter(term.tile_value, pass) | term.outside_value);
      text_ << '\n';
    }
  }

  // Position in the tile of a local bit.
  unsigned place(unsigned local, const Stage& stage) const {
    return local < header_.lane_bits ? local : stage.register_positions[local - header_.lane_bits];
  }

  void phase(const Stage& stage, const Pass& pass) {
    text_ << "  phase: registers";
    std::uint64_t held = 0;
    for (unsigned k = 0; k < header_.register_bits; ++k)
      held |= std::uint64_t{1} << pass.tile_bits[stage.register_positions[k]];
    qubits(held);
    text_ << '\n';
    for (const Operation& operation : view_.operations(stage)) {
      text_ << "    ";
      if (operation.kind == OperationKind::pauli) {
        pauli(operation, stage, pass);
      } else if (operation.kind == OperationKind::factor) {
        factor(operation, stage, pass);
      } else {
        const unsigned position = place(operation.target, stage);
        text_ << (operation.kind == OperationKind::flip     ? "flip"
                  : operation.kind == OperationKind::dense4 ? "matrix"
                                                            : "rotation")
              << " q" << qubit(pass.tile_bits[position]);
        if (operation.kind == OperationKind::dense4)
          text_ << " q" << qubit(pass.tile_bits[place(operation.target2, stage)]);
        if (operation.kind != OperationKind::flip) text_ << " v" << operation.slot / kSlotScalars;
      }
      conditions(join(operation.lane_mask, operation.register_mask, operation.tile_mask,
                      operation.outside_mask, stage, pass),
                 join(operation.lane_value, operation.register_value, operation.tile_value,
                      operation.outside_value, stage, pass));
      text_ << '\n';
    }
  }

  void pauli(const Operation& operation, const Stage& stage, const Pass& pass) {
    const std::uint64_t x = join(operation.lane_x, operation.register_x, 0, 0, stage, pass);
    const std::uint64_t z = join(operation.lane_z, operation.register_z, operation.tile_z,
                                 operation.outside_z, stage, pass);
    text_ << "pauli";
    for (unsigned bit = header_.bits; bit-- > 0;) {
      const bool flips = (x >> bit & 1) != 0, signs = (z >> bit & 1) != 0;
      if (flips || signs) text_ << ' ' << (flips ? signs ? 'Y' : 'X' : 'Z') << qubit(bit);
    }
    text_ << " v" << operation.slot / kSlotScalars;
  }

  void factor(const Operation& operation, const Stage& stage, const Pass& pass) {
    const std::uint64_t parity = join(operation.lane_z, operation.register_z, operation.tile_z,
                                      operation.outside_z, stage, pass);
    text_ << (parity == 0 ? "phase" : "parity");
    qubits(parity);
    text_ << " v" << operation.slot / kSlotScalars;
  }

  void order() {
    const char* separator = "afterwards";
    for (unsigned bit = header_.bits; bit-- > 0;) {
      if (header_.order[bit] == bit) continue;
      text_ << separator << " q" << qubit(bit) << " lies at q" << qubit(header_.order[bit]);
      separator = ",";
    }
    if (*separator == ',') text_ << '\n';
  }

  PlanView view_;
  const PlanHeader& header_;
  Text text_;
};

}  // namespace

std::string explain_plan(const CompiledPlan& plan) { return Explanation(plan).run(); }

}  // namespace qmlx
