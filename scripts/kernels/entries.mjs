// The entry point of a kernel in each language, around its body.

const word = (index) => `scalars[${index}]`;

/** Scalars as expressions over 32-bit words, `word(k)` being the k-th. */
function scalarExpressions(row, expression) {
  let next = 0;
  return row.scalars.map((scalar) => {
    const first = next;
    next += scalar.words;
    return expression[scalar.kind](first);
  });
}

const join = (parts) => parts.join(', ');

/** A CUDA file with the kernel `qmlx_NAME`. */
export function toCuda(row) {
  const parameters = [
    ...row.inputs.map(({ element, name }) => `const ${element}* ${name}`),
    ...row.outputs.map(({ element, name }) => `${element}* ${name}`),
    ...row.scalars.flatMap(({ name, kind }) =>
      kind === 'index'
        ? [`int ${name}_low`, `int ${name}_high`]
        : [`${kind === 'float' ? 'float' : 'int'} ${name}`],
    ),
  ];
  const values = row.scalars.map(({ name, kind }) => {
    if (kind === 'float') return name;
    const low = (part) => `static_cast<Word>(${part})`;
    if (kind === 'word') return low(name);
    return `static_cast<Index>(${low(`${name}_low`)}) | static_cast<Index>(${low(`${name}_high`)}) << 32`;
  });
  const shared = row.shared === '' ? [] : ['&memory'];
  const buffers = [...row.inputs, ...row.outputs].map(({ name }) => name);
  return `#include "kernels/${row.header}"
using namespace qmlx::kernels;
extern "C" __global__ void __launch_bounds__(${join([row.threads, row.groups])}) qmlx_${row.name}(
    ${parameters.join(',\n    ')}) {
${row.shared === '' ? '' : `  __shared__ ${row.shared} memory;\n`}\
  const Grid grid = {{blockDim.x, threadIdx.x}, blockIdx.x, blockIdx.y, gridDim.x};
  ${row.name}_kernel(${join(['grid', ...shared, ...buffers, ...values])});
}
`;
}

/** The text between the braces of a Metal kernel as mlx::core::fast::metal_kernel wants it. */
export function toMetalBody(row) {
  const values = scalarExpressions(row, {
    word,
    float: (k) => `as_type<float>(${word(k)})`,
    index: (k) => `ulong(${word(k)}) | ulong(${word(k + 1)}) << 32`,
  });
  const shared = row.shared === '' ? [] : ['&memory'];
  const buffers = [
    ...row.inputs.map(({ element, name }) => `reinterpret_cast<const device ${element}*>(${name})`),
    ...row.outputs.map(({ element, name }) => `reinterpret_cast<device ${element}*>(${name})`),
  ];
  return `  using namespace qmlx::kernels;
${row.shared === '' ? '' : `  threadgroup ${row.shared} memory;\n`}\
  const Grid grid = {{threads_per_threadgroup.x, thread_position_in_threadgroup.x},
                     threadgroup_position_in_grid.x, threadgroup_position_in_grid.y,
                     threadgroups_per_grid.x};
  ${row.name}_kernel(${['grid', ...shared, ...buffers, ...values].join(',\n      ')});
`;
}

/** A C++ function that runs one group; buffers are the inputs, then the outputs. */
export function toHost(row) {
  const values = scalarExpressions(row, {
    word,
    float: (k) => `float_of(${word(k)})`,
    index: (k) => `(static_cast<Index>(${word(k + 1)}) << 32 | ${word(k)})`,
  });
  const type = (element) => (element === 'uint' ? 'Word' : element);
  const shared = row.shared === '' ? [] : [`static_cast<${row.shared}*>(memory)`];
  const buffers = [
    ...row.inputs.map(({ element }, k) => `static_cast<const ${type(element)}*>(buffers[${k}])`),
    ...row.outputs.map(
      ({ element }, k) => `static_cast<${type(element)}*>(buffers[${row.inputs.length + k}])`,
    ),
  ];
  const memory = row.shared === '' ? 'void*' : 'void* memory';
  return `inline void run_${row.name}(const Grid& grid, ${memory}, void* const* buffers,
    const Word* scalars) {
  ${row.name}_kernel(${['grid', ...shared, ...buffers, ...values].join(',\n      ')});
}
`;
}
