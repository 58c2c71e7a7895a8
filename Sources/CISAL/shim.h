#pragma once
#include <isa-l/igzip_lib.h>
#include <stdlib.h>

/// The state of ISA-L's decoder, whose fields Swift does not see: the code that Swift would make to copy them takes 110 kB.
struct isal_decoder;

/// Returns a decoder of gzip members, to be freed with free(); NULL without memory.
static inline struct isal_decoder *isal_decoder_create(void) {
  struct inflate_state *state = malloc(sizeof(struct inflate_state));
  if (state == NULL) return NULL;
  isal_inflate_init(state);
  state->crc_flag = ISAL_GZIP;
  return (struct isal_decoder *)state;
}

/// Begins with another member.
static inline void isal_decoder_reset(struct isal_decoder *decoder) {
  isal_inflate_reset((struct inflate_state *)decoder);
}

/// What a call of isal_decoder_run has left.
struct isal_rest {
  /// The number of bytes that were not read.
  uint32_t input;
  /// The number of bytes that were not written.
  uint32_t output;
  /// ISA-L's code; negative for an error.
  int status;
  /// Whether the member ends here.
  int is_end;
};

/// Decompresses as much as input and output allow. Keeps no pointer to either.
static inline struct isal_rest isal_decoder_run(struct isal_decoder *decoder, uint8_t *input, uint32_t input_count,
                                                uint8_t *output, uint32_t output_count) {
  struct inflate_state *state = (struct inflate_state *)decoder;
  state->next_in = input;
  state->avail_in = input_count;
  state->next_out = output;
  state->avail_out = output_count;
  int status = isal_inflate(state);
  struct isal_rest rest = {state->avail_in, state->avail_out, status, state->block_state == ISAL_BLOCK_FINISH};
  return rest;
}
