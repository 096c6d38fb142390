/*
 * For eio.sh: loaded before the C library, lets reads and writes below a folder fail as those of a
 * broken disk do, as long as there is a file that says so.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int broken(int fd) {
  const char *folder = getenv("EIO_FOLDER");
  const char *trigger = getenv("EIO_TRIGGER");
  char link[64];
  char path[PATH_MAX];
  ssize_t length;
  int before = errno;

  if (!folder || !trigger || access(trigger, F_OK) != 0) {
    errno = before;
    return 0;
  }
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink(link, path, sizeof path - 1);
  errno = before;
  if (length <= 0) return 0;
  path[length] = 0;
  if (strncmp(path, folder, strlen(folder)) != 0) return 0;
  errno = EIO;
  return 1;
}

#define FAILING(type, name, parameters, arguments)                        \
  type name parameters {                                                  \
    static type(*real) parameters;                                        \
    if (!real) real = (type(*) parameters)dlsym(RTLD_NEXT, #name);        \
    return broken(fd) ? -1 : real arguments;                              \
  }

FAILING(ssize_t, read, (int fd, void *to, size_t n), (fd, to, n))
FAILING(ssize_t, pread, (int fd, void *to, size_t n, off_t at), (fd, to, n, at))
FAILING(ssize_t, pread64, (int fd, void *to, size_t n, off64_t at), (fd, to, n, at))
FAILING(ssize_t, write, (int fd, const void *from, size_t n), (fd, from, n))
FAILING(ssize_t, pwrite, (int fd, const void *from, size_t n, off_t at), (fd, from, n, at))
FAILING(ssize_t, pwrite64, (int fd, const void *from, size_t n, off64_t at), (fd, from, n, at))
FAILING(int, fsync, (int fd), (fd))
FAILING(int, fdatasync, (int fd), (fd))
FAILING(int, ftruncate, (int fd, off_t size), (fd, size))
FAILING(int, ftruncate64, (int fd, off64_t size), (fd, size))
