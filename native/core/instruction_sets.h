// Which vector instructions the processor has and the operating system saves. Asked of the
// processor itself, since __builtin_cpu_supports() says no where its table is not filled in, as in
// libraries that zig links.
#pragma once

namespace qmlx {

bool has_avx2();    // with fused multiply-add
bool has_avx512();  // F, DQ, BW and VL, with fused multiply-add

}  // namespace qmlx
