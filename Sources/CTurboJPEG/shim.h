// CTurboJPEG: the C header of a system library, wrapped once elsewhere.
#include <turbojpeg.h>
