/*
 * Writes down, in order, whatever a program does to the files below one folder.
 *
 * Preloaded (LD_PRELOAD) it stands before the C library's calls that open, write, shorten, sync, rename and
 * remove files, does what they do, and appends a record of it to a log. What goes to the standard output is
 * written down in the same stream: it is what the program has said, so that the log tells what had reached the
 * disk when it said so. Records of several programs follow one another as they happened: each call is made and
 * recorded under one lock.
 *
 *     NETCRM_RECORD_UNDER   the folder, absolute and without links
 *     NETCRM_RECORD_TO      the log, outside of that folder
 *
 * A record is a head (struct head below, packed, little-endian), then a path, then data. The model of a disk
 * beside it, disk.py, reads them. A call that it could not follow (a shared writable mapping of anything but
 * -shm, a file filled by the kernel) is recorded as STRANGE, and the test fails: better no proof than a false one.
 *
 * Build: cc -shared -fPIC -O1 -o recorder.so recorder.c -ldl -lpthread
 */

#define _GNU_SOURCE
#undef _FORTIFY_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPEN = 1, WRITE, CUT, SYNC, CLOSE, RENAME, UNLINK, MKDIR, RMDIR, SAID, STRANGE };

enum { CREATED = 1, EMPTIED = 2, FOLDER = 4 };

struct __attribute__((packed)) head {
    uint8_t call;
    uint8_t flags;
    uint32_t pid;
    int32_t fd;
    uint64_t at; /* where is written, or to what length is cut */
    uint32_t path; /* bytes of path that follow */
    uint32_t data; /* bytes of data after it */
};

#define FILES 1024 /* file descriptors that are looked at: a program of ours has a dozen open */
#define OTHER 0
#define WATCHED 1
#define SHARED 2 /* -shm: mapped, and never counted on after a power cut */

static char under[PATH_MAX];
static size_t under_length;
static int log_fd = -1;
static unsigned char kinds[FILES];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) {
        fprintf(stderr, "recorder: no %s\n", name);
        abort();
    }
    return found;
}

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("NETCRM_RECORD_UNDER"), *to = getenv("NETCRM_RECORD_TO");
    if (!folder || !to)
        return;
    snprintf(under, sizeof under, "%s", folder);
    under_length = strlen(under);
    int fd = syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        abort();
    /* Out of the way of programs that expect low numbers. */
    log_fd = syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 200);
    syscall(SYS_close, fd);
}

static void hold(void) {
    pthread_mutex_lock(&mutex);
    if (log_fd >= 0)
        while (syscall(SYS_flock, log_fd, LOCK_EX) < 0 && errno == EINTR)
            ;
}

static void let_go(void) {
    int kept = errno;
    if (log_fd >= 0)
        syscall(SYS_flock, log_fd, LOCK_UN);
    pthread_mutex_unlock(&mutex);
    errno = kept;
}

static void note(int call, int flags, int fd, uint64_t at, const char *path, const void *data, size_t length) {
    int kept = errno;
    struct head head = {call, flags, (uint32_t)getpid(), fd, at, path ? strlen(path) : 0, length};
    struct iovec parts[3] = {
        {&head, sizeof head}, {(void *)path, head.path}, {(void *)data, length},
    };
    size_t whole = sizeof head + head.path + length;
    if (log_fd >= 0 && syscall(SYS_writev, log_fd, parts, 3) != (ssize_t)whole)
        abort(); /* a log with a hole proves nothing */
    errno = kept;
}

/* The absolute form of a path, if it is in the folder or the folder itself; else NULL. */
static const char *inside(const char *path, char *buffer) {
    if (log_fd < 0 || !path)
        return NULL;
    if (path[0] == '/') {
        snprintf(buffer, PATH_MAX, "%s", path);
    } else {
        char here[PATH_MAX / 2];
        if (!getcwd(here, sizeof here))
            return NULL;
        snprintf(buffer, PATH_MAX, "%s/%s", here, path);
    }
    if (strncmp(buffer, under, under_length) || (buffer[under_length] && buffer[under_length] != '/'))
        return NULL;
    return buffer;
}

static int kind(int fd) { return fd >= 0 && fd < FILES ? kinds[fd] : OTHER; }

static int ends(const char *text, const char *end) {
    size_t a = strlen(text), b = strlen(end);
    return a >= b && !strcmp(text + a - b, end);
}

/* ---- opening and closing ---- */

static int opened(int folder, const char *path, int flags, mode_t mode) {
    char buffer[PATH_MAX];
    const char *ours = folder == AT_FDCWD || (path && path[0] == '/') ? inside(path, buffer) : NULL;
    if (!ours)
        return syscall(SYS_openat, folder, path, flags, mode);
    hold();
    struct stat before;
    int there = !lstat(ours, &before);
    int fd = syscall(SYS_openat, folder, path, flags, mode);
    if (fd >= 0) {
        struct stat now;
        int is_folder = !fstat(fd, &now) && S_ISDIR(now.st_mode);
        int how = (!there && flags & O_CREAT ? CREATED : 0) | (there && flags & O_TRUNC ? EMPTIED : 0);
        note(OPEN, how | (is_folder ? FOLDER : 0), fd, 0, ours, NULL, 0);
        if (fd >= FILES)
            abort();
        kinds[fd] = ends(ours, "-shm") ? SHARED : WATCHED;
    }
    let_go();
    return fd;
}

#define MODE(flags)                                                                                          \
    mode_t mode = 0;                                                                                         \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {                                                                 \
        va_list more;                                                                                        \
        va_start(more, flags);                                                                               \
        mode = va_arg(more, mode_t);                                                                         \
        va_end(more);                                                                                        \
    }

int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) return opened(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags) return opened(at, path, flags, mode); }
int __open_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __openat_2(int at, const char *path, int flags) { return opened(at, path, flags, 0); }
int __openat64_2(int at, const char *path, int flags) { return opened(at, path, flags, 0); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }

int close(int fd) {
    if (!kind(fd))
        return fd == log_fd && fd >= 0 ? 0 : syscall(SYS_close, fd);
    hold();
    note(CLOSE, 0, fd, 0, NULL, NULL, 0);
    kinds[fd] = OTHER;
    int result = syscall(SYS_close, fd);
    let_go();
    return result;
}

/* ---- writing ---- */

ssize_t write(int fd, const void *data, size_t length) {
    if (!kind(fd) && (fd != STDOUT_FILENO || log_fd < 0))
        return syscall(SYS_write, fd, data, length);
    hold();
    ssize_t done = syscall(SYS_write, fd, data, length);
    if (done > 0) {
        if (kind(fd))
            note(WRITE, 0, fd, lseek(fd, 0, SEEK_CUR) - done, NULL, data, done);
        else
            note(SAID, 0, fd, 0, NULL, data, done);
    }
    let_go();
    return done;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
    if (!kind(fd))
        return syscall(SYS_pwrite64, fd, data, length, at);
    hold();
    ssize_t done = syscall(SYS_pwrite64, fd, data, length, at);
    if (done > 0)
        note(WRITE, 0, fd, at, NULL, data, done);
    let_go();
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return pwrite64(fd, data, length, at); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
    if (!kind(fd) && fd != STDOUT_FILENO)
        return syscall(SYS_writev, fd, parts, count);
    ssize_t whole = 0;
    for (int part = 0; part < count; part++) {
        ssize_t done = write(fd, parts[part].iov_base, parts[part].iov_len);
        if (done < 0)
            return whole ? whole : done;
        whole += done;
        if ((size_t)done < parts[part].iov_len)
            break;
    }
    return whole;
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
    if (!kind(fd))
        return REAL(pwritev64)(fd, parts, count, at);
    ssize_t whole = 0;
    for (int part = 0; part < count; part++) {
        ssize_t done = pwrite64(fd, parts[part].iov_base, parts[part].iov_len, at + whole);
        if (done < 0)
            return whole ? whole : done;
        whole += done;
        if ((size_t)done < parts[part].iov_len)
            break;
    }
    return whole;
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
    return pwritev64(fd, parts, count, at);
}

int ftruncate64(int fd, off64_t length) {
    if (!kind(fd))
        return syscall(SYS_ftruncate, fd, length);
    hold();
    int result = syscall(SYS_ftruncate, fd, length);
    if (!result)
        note(CUT, 0, fd, length, NULL, NULL, 0);
    let_go();
    return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

/* ---- syncing: recorded once the disk has said that it is done ---- */

static int synced(int fd, long call) {
    if (!kind(fd))
        return syscall(call, fd);
    hold();
    int result = syscall(call, fd);
    if (!result)
        note(SYNC, 0, fd, 0, NULL, NULL, 0);
    let_go();
    return result;
}

int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

/* ---- names ---- */

static int named(int call, int at, const char *path, int flags, mode_t mode) {
    char buffer[PATH_MAX];
    const char *ours = at == AT_FDCWD || path[0] == '/' ? inside(path, buffer) : NULL;
    if (ours)
        hold();
    int result = call == MKDIR ? syscall(SYS_mkdirat, at, path, mode) : syscall(SYS_unlinkat, at, path, flags);
    if (ours) {
        if (!result)
            note(call, 0, -1, 0, ours, NULL, 0);
        let_go();
    }
    return result;
}

int unlink(const char *path) { return named(UNLINK, AT_FDCWD, path, 0, 0); }
int rmdir(const char *path) { return named(RMDIR, AT_FDCWD, path, AT_REMOVEDIR, 0); }
int unlinkat(int at, const char *path, int flags) {
    return named(flags & AT_REMOVEDIR ? RMDIR : UNLINK, at, path, flags, 0);
}
int remove(const char *path) {
    int result = unlink(path);
    return result && errno == EISDIR ? rmdir(path) : result;
}
int mkdir(const char *path, mode_t mode) { return named(MKDIR, AT_FDCWD, path, 0, mode); }
int mkdirat(int at, const char *path, mode_t mode) { return named(MKDIR, at, path, 0, mode); }

static int renamed(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
    char one[PATH_MAX], other[PATH_MAX];
    const char *ours = inside(from, one), *theirs = inside(to, other);
    if (ours || theirs)
        hold();
    int result = syscall(SYS_renameat2, from_at, from, to_at, to, flags);
    if (ours || theirs) {
        if (!result)
            note(ours && theirs && !flags ? RENAME : STRANGE, 0, -1, 0, ours ? ours : from, theirs ? theirs : to,
                 strlen(theirs ? theirs : to));
        let_go();
    }
    return result;
}

int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int at, const char *from, int to_at, const char *to) { return renamed(at, from, to_at, to, 0); }
int renameat2(int at, const char *from, int to_at, const char *to, unsigned flags) {
    return renamed(at, from, to_at, to, flags);
}

/* ---- what the model can't follow ---- */

static void strange(int fd, const char *what) {
    hold();
    note(STRANGE, 0, fd, 0, what, NULL, 0);
    let_go();
}

#define STRANGE_FOR(fd, what)                                                                                \
    if (kind(fd))                                                                                            \
        strange(fd, what);

void *mmap64(void *where, size_t length, int may, int flags, int fd, off64_t at) {
    if (kind(fd) == WATCHED && may & PROT_WRITE && flags & MAP_SHARED)
        strange(fd, "mmap");
    return (void *)syscall(SYS_mmap, where, length, may, flags, fd, at);
}

void *mmap(void *where, size_t length, int may, int flags, int fd, off_t at) {
    return mmap64(where, length, may, flags, fd, at);
}

int dup(int fd) {
    STRANGE_FOR(fd, "dup")
    return syscall(SYS_dup, fd);
}

int posix_fallocate64(int fd, off64_t at, off64_t length) {
    STRANGE_FOR(fd, "posix_fallocate")
    return REAL(posix_fallocate64)(fd, at, length);
}

int posix_fallocate(int fd, off_t at, off_t length) { return posix_fallocate64(fd, at, length); }

int fallocate64(int fd, int mode, off64_t at, off64_t length) {
    STRANGE_FOR(fd, "fallocate")
    return syscall(SYS_fallocate, fd, mode, at, length);
}

int fallocate(int fd, int mode, off_t at, off_t length) { return fallocate64(fd, mode, at, length); }

ssize_t sendfile64(int to, int from, off64_t *at, size_t length) {
    STRANGE_FOR(to, "sendfile")
    return syscall(SYS_sendfile, to, from, at, length);
}

ssize_t sendfile(int to, int from, off_t *at, size_t length) { return sendfile64(to, from, at, length); }

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t length, unsigned flags) {
    STRANGE_FOR(to, "copy_file_range")
    return syscall(SYS_copy_file_range, from, from_at, to, to_at, length, flags);
}

int link(const char *from, const char *to) {
    char buffer[PATH_MAX];
    if (inside(to, buffer))
        strange(-1, "link");
    return syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int truncate64(const char *path, off64_t length) {
    char buffer[PATH_MAX];
    if (inside(path, buffer))
        strange(-1, "truncate");
    return syscall(SYS_truncate, path, length);
}

int truncate(const char *path, off_t length) { return truncate64(path, length); }
