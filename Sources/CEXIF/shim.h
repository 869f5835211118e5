// CEXIF: the C header of a system library, wrapped once elsewhere.
#include <libexif/exif-data.h>
