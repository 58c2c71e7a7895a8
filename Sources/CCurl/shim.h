#pragma once
#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

// libcurl is loaded only when something is sent. If it were linked, every command would load two dozen more libraries
// at startup. The constants are those of curl/curl.h, which never change: <https://curl.se/libcurl/abi.html>.

enum {
  curl_write_function = 20011, curl_write_data = 10001, curl_url = 10002, curl_post_fields = 10015,
  curl_post_field_size = 60, curl_user_agent = 10018, curl_http_header = 10023, curl_timeout = 13,
  curl_connect_timeout = 78, curl_no_signal = 99, curl_response_code = 0x200002, curl_retry_after = 0x600039,
  curl_global_default = 3
};

struct curl_library {
  int (*global_init)(long);
  void *(*easy_init)(void);
  int (*easy_setopt)(void *, int, ...);
  int (*easy_perform)(void *);
  int (*easy_getinfo)(void *, int, ...);
  void (*easy_cleanup)(void *);
  void *(*slist_append)(void *, const char *);
  void (*slist_free_all)(void *);
};

// Loads the library and fills a table with its functions. Returns false if it is not installed or cannot be used.
static inline bool curl_load(struct curl_library *curl) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW);
  if (!library) library = dlopen("libcurl-gnutls.so.4", RTLD_NOW);
  if (!library) return false;
  *(void **)&curl->global_init = dlsym(library, "curl_global_init");
  *(void **)&curl->easy_init = dlsym(library, "curl_easy_init");
  *(void **)&curl->easy_setopt = dlsym(library, "curl_easy_setopt");
  *(void **)&curl->easy_perform = dlsym(library, "curl_easy_perform");
  *(void **)&curl->easy_getinfo = dlsym(library, "curl_easy_getinfo");
  *(void **)&curl->easy_cleanup = dlsym(library, "curl_easy_cleanup");
  *(void **)&curl->slist_append = dlsym(library, "curl_slist_append");
  *(void **)&curl->slist_free_all = dlsym(library, "curl_slist_free_all");
  return curl->global_init && curl->easy_init && curl->easy_setopt && curl->easy_perform && curl->easy_getinfo
      && curl->easy_cleanup && curl->slist_append && curl->slist_free_all
      && curl->global_init(curl_global_default) == 0;
}

// The first bytes of a response body.
struct curl_answer {
  size_t count;
  unsigned char bytes[4096];
};

static inline size_t curl_keep(char *data, size_t size, size_t count, void *answer) {
  struct curl_answer *kept = (struct curl_answer *)answer;
  size_t room = sizeof kept->bytes - kept->count;
  size_t taken = size * count < room ? size * count : room;
  memcpy(kept->bytes + kept->count, data, taken);
  kept->count += taken;
  return size * count;
}

// Returns a handle that sends the headers and stores the start of each response, or NULL if memory runs out.
static inline void *curl_open(const struct curl_library *curl, void *headers, struct curl_answer *answer,
                              long timeout, long connect_timeout) {
  void *handle = curl->easy_init();
  if (!handle) return NULL;
  curl->easy_setopt(handle, curl_http_header, headers);
  curl->easy_setopt(handle, curl_write_function, curl_keep);
  curl->easy_setopt(handle, curl_write_data, answer);
  curl->easy_setopt(handle, curl_user_agent, "footfall");
  curl->easy_setopt(handle, curl_no_signal, 1L);
  curl->easy_setopt(handle, curl_timeout, timeout);
  curl->easy_setopt(handle, curl_connect_timeout, connect_timeout);
  return handle;
}

// Posts a body. Returns the status of the response, or 0 if there was none.
static inline long curl_post(const struct curl_library *curl, void *handle, const char *url, const void *body,
                             long count) {
  curl->easy_setopt(handle, curl_url, url);
  curl->easy_setopt(handle, curl_post_field_size, count);
  curl->easy_setopt(handle, curl_post_fields, body);
  long status = 0;
  if (curl->easy_perform(handle) != 0) return 0;
  curl->easy_getinfo(handle, curl_response_code, &status);
  return status;
}

// Returns the number of seconds after which the last response asks for a retry, or 0 if it does not.
static inline long curl_wait(const struct curl_library *curl, void *handle) {
  long long seconds = 0;
  return curl->easy_getinfo(handle, curl_retry_after, &seconds) == 0 ? (long)seconds : 0;
}

static inline void *curl_add_header(const struct curl_library *curl, void *list, const char *header) {
  return curl->slist_append(list, header);
}

static inline void curl_close(const struct curl_library *curl, void *handle, void *headers) {
  curl->easy_cleanup(handle);
  curl->slist_free_all(headers);
}
