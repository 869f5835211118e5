// CMD: the C header of a system library, wrapped once elsewhere.
#include <sys/types.h>
#include <sha2.h>
