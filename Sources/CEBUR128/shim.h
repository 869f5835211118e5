// CEBUR128: the C header of a system library, wrapped once elsewhere.
#include <ebur128.h>
