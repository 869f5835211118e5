// CKissFFT: the C header of a system library, wrapped once elsewhere.
#include <kiss_fftr.h>
