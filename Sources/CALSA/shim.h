// CALSA: the C header of a system library, wrapped once elsewhere.
#include <alsa/asoundlib.h>
