// The classical side of a program: bits, variables and the postfix expressions over them,
// parameters and constants.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/status.h"

namespace qmlx {

// Items of postfix code are pairs [code, operand]. lib/program/encode.ts writes the same numbers.
enum class ExpressionCode : std::int32_t {
  end = 0,
  // float
  constant = 1,   // operand: index into the constants
  parameter = 2,  // operand: index of the parameter
  add = 3,
  subtract = 4,
  multiply = 5,
  divide = 6,
  power = 7,
  negate = 8,
  sine = 9,
  cosine = 10,
  tangent = 11,
  exponential = 12,
  logarithm = 13,
  square_root = 14,
  absolute = 15,
  arcsine = 16,
  arccosine = 17,
  arctangent = 18,
  floor = 19,
  ceiling = 20,
  remainder = 21,
  to_single = 22,  // rounded to the nearest float of 32 bits
  // leaves that are integers
  integer = 32,  // operand: index into the integers
  bit = 33,      // operand: classical bit; 0 or 1
  bits = 34,     // operand: first bit + 2^20 · number of bits (1 … 64); the first bit is the least
                 // significant
  integer_variable = 35,
  float_variable = 36,
  // integer, 64 bits, wrapping
  integer_add = 40,
  integer_subtract = 41,
  integer_multiply = 42,
  integer_divide = 43,
  integer_remainder = 44,
  unsigned_divide = 45,
  unsigned_remainder = 46,
  integer_negate = 47,
  integer_power = 48,
  bit_and = 50,
  bit_or = 51,
  bit_xor = 52,
  bit_not = 53,
  shift_left = 54,
  shift_right = 55,
  rotate_left = 56,   // operand: width
  rotate_right = 57,  // operand: width
  population = 58,
  wrap_unsigned = 60,  // operand: width
  wrap_signed = 61,    // operand: width
  // comparisons and logic: integers 0 or 1
  integer_equal = 64,
  integer_less = 65,
  integer_less_equal = 66,
  unsigned_less = 67,
  unsigned_less_equal = 68,
  float_equal = 70,
  float_less = 71,
  float_less_equal = 72,
  logical_and = 74,
  logical_or = 75,
  logical_not = 76,
  // conversions
  integer_to_float = 80,
  unsigned_to_float = 81,
  float_to_integer = 82,  // towards zero
};

enum class ValueType : std::uint8_t { integer, real };

// The operand of ExpressionCode::bits.
struct BitRange {
  std::uint32_t first, count;
};
BitRange bit_range(std::int32_t operand);

// What an expression can see.
struct ExpressionTables {
  std::vector<std::int32_t> code;
  std::vector<double> constants;
  std::vector<std::int64_t> integers;
  std::vector<ValueType> variables;
  std::uint32_t parameters = 0;
  std::uint32_t bits = 0;
};

// One shot's classical memory. Variables hold integers or, by std::bit_cast, floats.
struct ClassicalMemory {
  std::vector<std::uint64_t> bit_words;
  std::vector<std::int64_t> variables;

  ClassicalMemory() = default;
  ClassicalMemory(std::uint32_t bits, std::size_t variable_count)
      : bit_words((bits + 63) / 64), variables(variable_count) {}

  bool bit(std::uint32_t index) const { return (bit_words[index / 64] >> (index % 64) & 1) != 0; }
  void set_bit(std::uint32_t index, bool value) {
    const std::uint64_t mask = std::uint64_t{1} << (index % 64);
    bit_words[index / 64] = value ? bit_words[index / 64] | mask : bit_words[index / 64] & ~mask;
  }
  // Up to 64 bits as a number, the first one least significant.
  std::uint64_t field(std::uint32_t first, std::uint32_t count) const;

  friend bool operator==(const ClassicalMemory&, const ClassicalMemory&) = default;
};

// Walks the expression at `start`: operators known, operands present and of the right type, one
// value left. `type` receives that value's type.
Status check_expression(const ExpressionTables& tables, std::size_t start, ValueType& type);

// The value of a checked expression: an integer, or a float by std::bit_cast. Fails with
// Code::numeric on division by zero, on a float that is not finite and on one that no integer can
// hold.
Status evaluate_expression(const ExpressionTables& tables, std::size_t start,
                           std::span<const double> parameters, const ClassicalMemory& memory,
                           std::int64_t& value);

}  // namespace qmlx
