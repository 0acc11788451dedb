/* The engine table: what the core asks of an engine. Plain C, so that an engine may live in another
 * shared library with another C++ runtime.
 *
 * Every function returns a qmlx_code; the text of the last failure on an engine comes from
 * last_error(). Calls are synchronous and come from one thread at a time. A state holds `batch`
 * rows of 2^bits amplitudes (re, im) in the precision of its engine, row after row. Bits are those
 * of the basis index, 0 least significant. */
#ifndef QMLX_ENGINE_H
#define QMLX_ENGINE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define QMLX_ENGINE_ABI 3u

enum qmlx_code {
  QMLX_OK = 0,
  QMLX_INVALID_ARGUMENT = 1,
  QMLX_OUT_OF_MEMORY = 2,
  QMLX_CANCELLED = 3,
  QMLX_BACKEND_UNAVAILABLE = 4,
  QMLX_BACKEND_FAILED = 5,
  QMLX_ABI_MISMATCH = 6,
  QMLX_UNSUPPORTED = 7,
  QMLX_INTERNAL = 8
};

/* Of amplitudes and value tables. */
enum qmlx_precision {
  QMLX_COMPLEX64 = 0, /* scalars are float */
  QMLX_COMPLEX128 = 1 /* scalars are double */
};

typedef struct qmlx_engine qmlx_engine;
typedef struct qmlx_state qmlx_state;

typedef struct qmlx_config {
  uint32_t abi;          /* QMLX_ENGINE_ABI of the caller */
  uint32_t threads;      /* worker threads; 0 means one per processor */
  uint64_t memory_limit; /* bytes of states; 0 means what the machine has free */
  uint32_t tile_bits;    /* forced geometry for tests; 0 means the engine's own choice */
  uint32_t row_bits;
  uint32_t register_bits;
  uint32_t precision;  /* qmlx_precision */
  const char* variant; /* instruction set or mode forced for tests: "portable", "avx2", "avx512", …;
                          NULL means the best */
  const char* device;  /* of engines with several: "gpu", "mlx-cpu"; NULL means "gpu" */
  const struct qmlx_host_executor* host; /* runs plans for the device "mlx-cpu"; may be NULL */
} qmlx_config;

typedef struct qmlx_description {
  char device[16];          /* "cpu", "gpu", "mlx-cpu" */
  char name[96];            /* of the device */
  char variant[32];         /* instruction set or update mode in use */
  char version[32];         /* of the library behind the engine */
  uint64_t memory_bytes;    /* of the device */
  uint64_t available_bytes; /* that new states may use now */
  uint32_t threads;
  uint32_t reserved;
  char self_test[256]; /* "passed", what did not pass before it did, or "" where none is needed */
} qmlx_description;

typedef struct qmlx_geometry {
  uint32_t tile_bits, row_bits, register_bits, lane_bits, max_operations;
  uint32_t fuses; /* 1: gates on two qubits may become dense 4×4 matrices */
} qmlx_geometry;

/* Called between passes. While it is under way, other states of the engine may be read from another
 * thread. */
typedef void (*qmlx_progress)(void* context, uint64_t passes_done, uint64_t passes_total);

typedef struct qmlx_execution {
  const void* plan;   /* a whole plan (core/plan.h) */
  const void* values; /* value tables of scalars, one per row, value_stride scalars apart */
  uint64_t value_stride;
  uint32_t first_row, row_count;
  const int32_t* cancel;  /* becomes non-zero to stop: read atomically at least every few
                             milliseconds; may be NULL */
  qmlx_progress progress; /* may be NULL */
  void* context;
  double* norms; /* row_count squared norms after the last pass; may be NULL */
} qmlx_execution;

enum qmlx_reduction_kind {
  /* out[1]: sum of squared magnitudes */
  QMLX_NORM = 0,
  /* out[2^bit_count]: probability by the listed bits; bit_list[0] is the most significant bit of
   * the index of out */
  QMLX_MARGINAL = 1,
  /* out[2^(bits − bit_count)]: squared magnitudes summed over blocks of 2^bit_count neighbours,
   * float64, in index order whatever the thread count. bit_count is at most bits; an engine whose
   * states have no view may refuse all but min(bits, 10). */
  QMLX_BLOCK_SUMS = 2,
  /* out[row_count × mask_count]: ⟨P⟩ of the Pauli strings with flips x_mask and signs z_masks[k] (a
   * Y is in both), row after row */
  QMLX_PAULI_GROUP = 3,
  /* out[2]: ⟨state|other⟩, re and im */
  QMLX_INNER = 4
};

typedef struct qmlx_reduction {
  uint32_t kind;
  uint32_t row;
  const uint8_t* bit_list;
  uint32_t bit_count;
  uint32_t mask_count;
  uint64_t x_mask;
  const uint64_t* z_masks;
  const qmlx_state* other;
  uint32_t other_row;
  uint32_t row_count; /* of Pauli groups; 0 means 1, as other kinds have it */
} qmlx_reduction;

typedef struct qmlx_engine_table {
  uint32_t abi;
  uint32_t bytes;        /* size of this struct */
  const char* built_for; /* version of the library the engine was compiled against, "" if none */
  int (*create)(const qmlx_config* config, qmlx_engine** engine, char* error, uint64_t error_bytes);
  void (*destroy)(qmlx_engine* engine);
  int (*describe)(qmlx_engine* engine, qmlx_description* description);
  int (*geometry)(qmlx_engine* engine, uint32_t bits, uint32_t batch, qmlx_geometry* geometry);
  int (*state_create)(qmlx_engine* engine, uint32_t bits, uint32_t batch, qmlx_state** state);
  void (*state_free)(qmlx_state* state);
  int (*state_copy)(qmlx_state* to, const qmlx_state* from);
  int (*set_basis)(qmlx_state* state, uint64_t index); /* every row */
  /* Amplitudes are scalars of the engine's precision, re and im in turn. */
  int (*write)(qmlx_state* state, uint32_t row, uint64_t first, uint64_t count,
               const void* amplitudes);
  /* out[i] = amplitude of the index whose bit order[b] is bit b of first + i; order NULL means the
   * identity. */
  int (*read)(const qmlx_state* state, uint32_t row, const uint8_t* order, uint64_t first,
              uint64_t count, void* amplitudes);
  /* The amplitudes of a row where they lie, valid until the state changes; NULL if they are not in
   * memory of the host. */
  const void* (*view)(const qmlx_state* state, uint32_t row);
  int (*execute)(qmlx_state* state, const qmlx_execution* execution);
  int (*reduce)(const qmlx_state* state, const qmlx_reduction* reduction, double* out);
  int (*collapse)(qmlx_state* state, uint32_t row, uint32_t bit, uint32_t outcome,
                  double scale); /* zeroes the other half, scales this one */
  const char* (*last_error)(const qmlx_engine* engine);
} qmlx_engine_table;

/* Lets one engine run plans of complex64 on memory that another one owns. */
typedef struct qmlx_host_executor {
  const qmlx_engine_table* engine; /* makes the engine that executes, and asks for its geometry */
  /* Rows lie row_stride floats apart, each at a multiple of 64 bytes with 2^max(bits, 3) amplitudes
   * of memory. basis: the index that every row is set to before, or NULL. */
  int (*execute)(qmlx_engine* engine, float* amplitudes, uint32_t bits, uint32_t batch,
                 uint64_t row_stride, const uint64_t* basis, const qmlx_execution* execution);
} qmlx_host_executor;

/* A shared library with an engine exports this under the name "qmlx_engine_table_get". */
typedef const qmlx_engine_table* (*qmlx_engine_table_getter)(void);

#ifdef __cplusplus
}
#endif

#endif
