/*
 * Stands between SQLite and the C library (LD_PRELOAD).
 *
 * SAMTYKKE_SYNC=off          syncing does nothing and says that it worked
 * SAMTYKKE_FAULT=sync:5:3:1  from the 3rd sync on, 1 of them fails with error 5;
 *                            the same for write; error 0 writes half of it
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static char call[16];
static int error, first, times, off;
static int seen;

__attribute__((constructor)) static void configure(void) {
	const char *sync = getenv("SAMTYKKE_SYNC"), *fault = getenv("SAMTYKKE_FAULT");
	off = sync != NULL && strcmp(sync, "off") == 0;
	if (fault != NULL && sscanf(fault, "%15[a-z]:%d:%d:%d", call, &error, &first, &times) != 4)
		abort();
}

static int strikes(const char *which) {
	if (strcmp(which, call) != 0)
		return 0;
	int n = __sync_add_and_fetch(&seen, 1);
	if (n < first || n >= first + times)
		return 0;
	(void)!write(2, "injected\n", 9);
	return 1;
}

static int sync_with(long number, int fd) {
	if (off)
		return 0;
	if (strikes("sync")) {
		errno = error;
		return -1;
	}
	return syscall(number, fd);
}

int fsync(int fd) { return sync_with(SYS_fsync, fd); }
int fdatasync(int fd) { return sync_with(SYS_fdatasync, fd); }

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
	if (strikes("write")) {
		if (error != 0) {
			errno = error;
			return -1;
		}
		size /= 2;
	}
	return syscall(SYS_pwrite64, fd, data, size, at);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return pwrite64(fd, data, size, at); }
