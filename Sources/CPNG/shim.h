// CPNG: the C header of a system library, wrapped once elsewhere.
#include <png.h>
