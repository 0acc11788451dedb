#include "core/classical.h"

#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace qmlx {

namespace {

using enum ExpressionCode;

constexpr std::size_t kMaxDepth = 256;
constexpr std::int32_t kFieldBits = 20;
constexpr std::int32_t kFieldMask = (1 << kFieldBits) - 1;

struct Signature {
  unsigned operands;
  ValueType operand;
  ValueType result;
};

std::optional<Signature> signature(std::int32_t code) {
  constexpr auto kInteger = ValueType::integer, kReal = ValueType::real;
  const auto within = [code](ExpressionCode first, ExpressionCode last) {
    return code >= static_cast<std::int32_t>(first) && code <= static_cast<std::int32_t>(last);
  };
  if (within(add, power) || within(remainder, remainder)) return Signature{2, kReal, kReal};
  if (within(negate, ceiling) || within(to_single, to_single)) return Signature{1, kReal, kReal};
  if (within(integer_add, unsigned_remainder) || within(integer_power, integer_power))
    return Signature{2, kInteger, kInteger};
  if (within(bit_and, bit_xor) || within(shift_left, rotate_right))
    return Signature{2, kInteger, kInteger};
  if (within(integer_negate, integer_negate) || within(bit_not, bit_not) ||
      within(population, population))
    return Signature{1, kInteger, kInteger};
  if (within(wrap_unsigned, wrap_signed) || within(logical_not, logical_not))
    return Signature{1, kInteger, kInteger};
  if (within(integer_equal, unsigned_less_equal) || within(logical_and, logical_or))
    return Signature{2, kInteger, kInteger};
  if (within(float_equal, float_less_equal)) return Signature{2, kReal, kInteger};
  if (within(integer_to_float, unsigned_to_float)) return Signature{1, kInteger, kReal};
  if (within(float_to_integer, float_to_integer)) return Signature{1, kReal, kInteger};
  return std::nullopt;
}

// The type of a leaf whose operand exists.
std::optional<ValueType> leaf(const ExpressionTables& tables, std::int32_t code,
                              std::int32_t operand) {
  const auto below = [operand](std::size_t count) {
    return operand >= 0 && static_cast<std::size_t>(operand) < count;
  };
  const auto variable = [&](ValueType type) {
    return below(tables.variables.size()) &&
           tables.variables[static_cast<std::size_t>(operand)] == type;
  };
  switch (static_cast<ExpressionCode>(code)) {
    case constant:
      return below(tables.constants.size()) ? std::optional(ValueType::real) : std::nullopt;
    case parameter:
      return below(tables.parameters) ? std::optional(ValueType::real) : std::nullopt;
    case integer:
      return below(tables.integers.size()) ? std::optional(ValueType::integer) : std::nullopt;
    case bit:
      return below(tables.bits) ? std::optional(ValueType::integer) : std::nullopt;
    case bits: {
      const BitRange range = bit_range(operand);
      return operand >= 0 && range.count >= 1 && range.count <= 64 &&
                     range.first + range.count <= tables.bits
                 ? std::optional(ValueType::integer)
                 : std::nullopt;
    }
    case integer_variable:
      return variable(ValueType::integer) ? std::optional(ValueType::integer) : std::nullopt;
    case float_variable:
      return variable(ValueType::real) ? std::optional(ValueType::real) : std::nullopt;
    default:
      return std::nullopt;
  }
}

bool takes_width(std::int32_t code) {
  return code == static_cast<std::int32_t>(rotate_left) ||
         code == static_cast<std::int32_t>(rotate_right) ||
         code == static_cast<std::int32_t>(wrap_unsigned) ||
         code == static_cast<std::int32_t>(wrap_signed);
}

double real(std::int64_t word) { return std::bit_cast<double>(word); }
std::int64_t word(double value) { return std::bit_cast<std::int64_t>(value); }
std::uint64_t natural(std::int64_t value) { return static_cast<std::uint64_t>(value); }
std::int64_t whole(std::uint64_t value) { return static_cast<std::int64_t>(value); }
std::uint64_t width_mask(std::int32_t width) {
  return width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
}

std::int64_t power_of(std::int64_t base, std::int64_t exponent) {
  if (exponent < 0) return base == 1 ? 1 : base == -1 ? (exponent % 2 == 0 ? 1 : -1) : 0;
  std::uint64_t result = 1, square = natural(base);
  for (auto rest = natural(exponent); rest != 0; rest >>= 1, square *= square) {
    if ((rest & 1) != 0) result *= square;
  }
  return whole(result);
}

std::uint64_t rotate(std::uint64_t value, std::uint64_t by, std::int32_t width) {
  const auto size = static_cast<std::uint64_t>(width);
  const std::uint64_t left = by % size;
  value &= width_mask(width);
  return left == 0 ? value : ((value << left) | (value >> (size - left))) & width_mask(width);
}

std::int64_t apply_one(ExpressionCode code, std::int32_t operand, std::int64_t x) {
  switch (code) {
    case negate:
      return word(-real(x));
    case sine:
      return word(std::sin(real(x)));
    case cosine:
      return word(std::cos(real(x)));
    case tangent:
      return word(std::tan(real(x)));
    case exponential:
      return word(std::exp(real(x)));
    case logarithm:
      return word(std::log(real(x)));
    case square_root:
      return word(std::sqrt(real(x)));
    case absolute:
      return word(std::abs(real(x)));
    case arcsine:
      return word(std::asin(real(x)));
    case arccosine:
      return word(std::acos(real(x)));
    case arctangent:
      return word(std::atan(real(x)));
    case ExpressionCode::floor:
      return word(std::floor(real(x)));
    case ceiling:
      return word(std::ceil(real(x)));
    case to_single:
      return word(static_cast<double>(static_cast<float>(real(x))));
    case integer_negate:
      return whole(0 - natural(x));
    case bit_not:
      return ~x;
    case population:
      return std::popcount(natural(x));
    case wrap_unsigned:
      return whole(natural(x) & width_mask(operand));
    case wrap_signed: {
      const unsigned spare = operand >= 64 ? 0 : static_cast<unsigned>(64 - operand);
      return whole(natural(x) << spare) >> spare;
    }
    case logical_not:
      return x == 0 ? 1 : 0;
    case integer_to_float:
      return word(static_cast<double>(x));
    case unsigned_to_float:
      return word(static_cast<double>(natural(x)));
    default:
      return whole(static_cast<std::uint64_t>(static_cast<std::int64_t>(real(x))));
  }
}

std::int64_t apply_reals(ExpressionCode code, double x, double y) {
  switch (code) {
    case add:
      return word(x + y);
    case subtract:
      return word(x - y);
    case multiply:
      return word(x * y);
    case divide:
      return word(x / y);
    case power:
      return word(std::pow(x, y));
    case ExpressionCode::remainder:
      return word(std::fmod(x, y));
    case float_equal:
      return x == y ? 1 : 0;
    case float_less:
      return x < y ? 1 : 0;
    default:
      return x <= y ? 1 : 0;
  }
}

std::int64_t apply_integers(ExpressionCode code, std::int32_t operand, std::int64_t x,
                            std::int64_t y) {
  const std::uint64_t shift = natural(y);
  const auto width = static_cast<std::uint64_t>(operand);
  switch (code) {
    case integer_add:
      return whole(natural(x) + natural(y));
    case integer_subtract:
      return whole(natural(x) - natural(y));
    case integer_multiply:
      return whole(natural(x) * natural(y));
    case integer_divide:
      return y == -1 ? whole(0 - natural(x)) : x / y;
    case integer_remainder:
      return y == -1 ? 0 : x % y;
    case unsigned_divide:
      return whole(natural(x) / natural(y));
    case unsigned_remainder:
      return whole(natural(x) % natural(y));
    case integer_power:
      return power_of(x, y);
    case bit_and:
      return x & y;
    case bit_or:
      return x | y;
    case bit_xor:
      return x ^ y;
    case shift_left:
      return shift >= 64 ? 0 : whole(natural(x) << shift);
    case shift_right:
      return shift >= 64 ? 0 : whole(natural(x) >> shift);
    case rotate_left:
      return whole(rotate(natural(x), shift, operand));
    case rotate_right:
      return whole(rotate(natural(x), width - shift % width, operand));
    case integer_equal:
      return x == y ? 1 : 0;
    case integer_less:
      return x < y ? 1 : 0;
    case integer_less_equal:
      return x <= y ? 1 : 0;
    case unsigned_less:
      return natural(x) < natural(y) ? 1 : 0;
    case unsigned_less_equal:
      return natural(x) <= natural(y) ? 1 : 0;
    case logical_and:
      return x != 0 && y != 0 ? 1 : 0;
    default:
      return x != 0 || y != 0 ? 1 : 0;
  }
}

bool divides_by_zero(ExpressionCode code, std::int64_t divisor) {
  return divisor == 0 && (code == integer_divide || code == integer_remainder ||
                          code == unsigned_divide || code == unsigned_remainder);
}

}  // namespace

std::uint64_t ClassicalMemory::field(std::uint32_t first, std::uint32_t count) const {
  const std::uint32_t offset = first % 64;
  std::uint64_t value = bit_words[first / 64] >> offset;
  if (offset + count > 64) value |= bit_words[first / 64 + 1] << (64 - offset);
  return value & width_mask(static_cast<std::int32_t>(count));
}

BitRange bit_range(std::int32_t operand) {
  return {static_cast<std::uint32_t>(operand & kFieldMask),
          static_cast<std::uint32_t>(operand >> kFieldBits)};
}

Status check_expression(const ExpressionTables& tables, std::size_t start, ValueType& type) {
  const auto broken = [](const char* what) {
    return failure(Code::invalid_argument, std::string("An encoded expression ") + what + ".");
  };
  std::vector<ValueType> stack;
  for (std::size_t at = start;; at += 2) {
    if (at + 1 >= tables.code.size()) return broken("runs past the end of the code");
    const std::int32_t code = tables.code[at], operand = tables.code[at + 1];
    if (code == static_cast<std::int32_t>(end)) break;
    if (const std::optional<Signature> known = signature(code)) {
      if (takes_width(code) && (operand < 1 || operand > 64))
        return broken("has a width that is not 1 to 64");
      if (stack.size() < known->operands) return broken("lacks an operand");
      for (unsigned k = 0; k < known->operands; ++k) {
        if (stack.back() != known->operand) return broken("has an operand of the wrong type");
        stack.pop_back();
      }
      stack.push_back(known->result);
    } else if (const std::optional<ValueType> value = leaf(tables, code, operand)) {
      if (stack.size() == kMaxDepth)
        return failure(Code::limit, "An expression needs more than " + std::to_string(kMaxDepth) +
                                        " values at once.");
      stack.push_back(*value);
    } else {
      return broken("holds an unknown operator or names a value that does not exist");
    }
  }
  if (stack.size() != 1) return broken("leaves no single value");
  type = stack.back();
  return {};
}

Status evaluate_expression(const ExpressionTables& tables, std::size_t start,
                           std::span<const double> parameters, const ClassicalMemory& memory,
                           std::int64_t& value) {
  std::array<std::int64_t, kMaxDepth> stack;
  std::size_t top = 0;
  for (std::size_t at = start;; at += 2) {
    const auto code = static_cast<ExpressionCode>(tables.code[at]);
    const std::int32_t operand = tables.code[at + 1];
    const auto index = static_cast<std::size_t>(operand);
    switch (code) {
      case end:
        value = stack[0];
        return {};
      case constant:
        stack[top++] = word(tables.constants[index]);
        continue;
      case parameter:
        stack[top++] = word(parameters[index]);
        continue;
      case integer:
        stack[top++] = tables.integers[index];
        continue;
      case bit:
        stack[top++] = memory.bit(static_cast<std::uint32_t>(operand)) ? 1 : 0;
        continue;
      case bits: {
        const BitRange range = bit_range(operand);
        stack[top++] = whole(memory.field(range.first, range.count));
        continue;
      }
      case integer_variable:
      case float_variable:
        stack[top++] = memory.variables[index];
        continue;
      default:
        break;
    }
    const Signature known = *signature(static_cast<std::int32_t>(code));
    if (known.operands == 2) {
      --top;
      if (divides_by_zero(code, stack[top]))
        return failure(Code::numeric, "A classical expression divides by zero.");
      const std::int64_t x = stack[top - 1], y = stack[top];
      stack[top - 1] = known.operand == ValueType::real ? apply_reals(code, real(x), real(y))
                                                        : apply_integers(code, operand, x, y);
    } else {
      if (code == float_to_integer && !(std::abs(real(stack[top - 1])) < 0x1p63)) {
        return failure(Code::numeric, "A classical expression turns " +
                                          std::to_string(real(stack[top - 1])) +
                                          " into an integer; no 64-bit integer holds it.");
      }
      stack[top - 1] = apply_one(code, operand, stack[top - 1]);
    }
    if (known.result == ValueType::real && !std::isfinite(real(stack[top - 1]))) {
      return failure(
          Code::numeric,
          "A classical expression is not finite. Check divisions, logarithms and roots.");
    }
  }
}

}  // namespace qmlx
