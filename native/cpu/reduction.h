// Sums over a state: in float64, cut into parts by the state's size only, so that results do not
// depend on the number of threads.
#pragma once

#include "core/engine.h"
#include "cpu/engine_state.h"

namespace qmlx::cpu {

double squared_norm(const qmlx_state& state, std::uint32_t row);

// Over blocks of 2^block_bits neighbours.
void block_sums(const qmlx_state& state, std::uint32_t row, unsigned block_bits, double* out);

// ⟨a|b⟩ of rows of equal size.
void inner_product(const qmlx_state& a, std::uint32_t row_a, const qmlx_state& b,
                   std::uint32_t row_b, double* out);

// Probabilities by the listed bits, the first of them most significant.
void marginal(const qmlx_state& state, std::uint32_t row, const std::uint8_t* bits,
              unsigned bit_count, double* out);

// ⟨P⟩ of the Pauli strings that flip x_mask and have signs z_masks[k], row after row.
void pauli_group(const qmlx_state& state, std::uint32_t first_row, std::uint32_t rows,
                 std::uint64_t x_mask, const std::uint64_t* z_masks, std::uint32_t mask_count,
                 double* out);

}  // namespace qmlx::cpu
