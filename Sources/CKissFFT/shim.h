// CKissFFT: the C header of a system library, wrapped once elsewhere.
#include <kissfft/kiss_fftr.h>
