// Writes phases of one pass as chunks of a walk program.
#pragma once

#include <cstdint>
#include <vector>

#include "mlx/walker/items.h"
#include "mlx/walker/layout.h"

namespace qmlx::walker {

class ProgramWriter {
 public:
  explicit ProgramWriter(const Tile& tile) : tile_(tile) {}

  void begin_phase(const Layout& layout);
  void add(const Step& step);
  void end_phase();
  // Appends the pass to a program.
  void finish(unsigned state_bits, std::vector<std::uint32_t>& words);

 private:
  struct Table {
    std::vector<std::uint32_t> terms;  // records
    bool empty() const { return terms.empty(); }
  };
  struct Chunk {
    std::uint32_t phases = 0, operations = 0, terms = 0, tables = 0, units = 0;
    std::vector<std::uint32_t> phase_words, operation_words, term_words, table_words;
  };

  void add_mover(const Item& item);
  void add_factor(const Item& item);
  void add_diagonal(const Step& terms);
  // Puts a term into the tables; false if none of them can hold it.
  bool place_term(const Item& item, std::vector<Table>& tables) const;
  void write_tables(const std::vector<Table>& tables);
  void append_operation(const std::uint32_t (&head)[4], const Item& item);
  // Makes sure that the chunk has room, if need be by going on in a new one.
  void reserve(std::uint32_t operations, std::uint32_t terms, std::uint32_t tables,
               std::uint32_t units);
  void close_phase();
  std::uint32_t select_of(const Digits& mask, const Digits& value) const;

  Tile tile_;
  std::vector<Chunk> chunks_{1};
  std::vector<Layout> layout_;  // of the phase being written
  std::uint32_t first_operation_ = 0;
};

}  // namespace qmlx::walker
