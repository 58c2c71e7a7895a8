// An empty collection of ICU's data, in place of the 34 MB that Foundation brings along for languages, calendars and
// time zones. Footfall needs none of them: it reads time zones where the system keeps them (TimeZones), and writes
// English only. LanguageDataTests checks that no source uses them.
//
// The form is that of ICU's own stub (icu4c/source/stubdata/stubdata.cpp, ICU 76): a header, and a table of contents with
// no entries. Swift 6.3's Foundation contains ICU 76. With another version the name below is another one; then the program
// is large again, and `make bench-size` fails.
#include <stdint.h>

struct collection {
  uint16_t header_size;
  uint8_t magic[2];
  uint16_t info_size, reserved_word;
  uint8_t is_big_endian, charset_family, size_of_char, reserved_byte;
  uint8_t format[4], format_version[4], data_version[4];
  uint8_t padding[8];
  uint32_t count, reserved;
};

_Alignas(16) const struct collection icudt76_dat = {
  .header_size = 32,
  .magic = {0xda, 0x27},
  .info_size = 20,
  .is_big_endian = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__,
  .size_of_char = 2,
  .format = {'T', 'o', 'C', 'P'},
  .format_version = {1},
};
