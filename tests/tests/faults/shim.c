/*
 * Faults below the program, for LD_PRELOAD: whatever a process does to the files of one folder passes here. At one of these effects
 * it fails, kills the process or cuts the power.
 *
 * A disk keeps what was synced. So every effect on a file is remembered with what undoes it until the file is synced, every name
 * that was made, moved or removed until its folder is, and a cut undoes what is still remembered: all of it, or what chance picks,
 * sector by sector. What a failed sync was for stays remembered, whatever is synced later: the system has given it up.
 *
 * FAULT_ROOT     the folder
 * FAULT_TRACE    a file that takes a line for every effect, "write log.sqlite-wal", and "fired" when the fault came
 * FAULT_AT       the effect to fail at, in the words of the trace; * stands for any characters
 * FAULT_NTH      at the how manieth such effect
 * FAULT_MOMENT   before, after
 * FAULT_KIND     kill, cut, fail, full (no file grows any more), starve (no file is opened any more), short (half is written),
 *                tear (half is written, then kill)
 * FAULT_CHANCE   a seed: a cut loses what chance picks; without it, everything
 * FAULT_LIE      syncs of files of this name, which may have a *, do nothing and say they did
 *
 * On standard input "c" cuts the power, "f" makes room for files to grow and to be opened, and "s" tells the program to stop.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))real(#name))
#define SECTOR 512
#define MOST_FILES 512

enum change { WRITTEN, RESIZED, MADE, MOVED, REMOVED };

struct effect {
    struct effect *older, *newer;
    enum change change;
    dev_t dev; /* Of the file, or of the folder whose names changed. */
    ino_t ino;
    int fd;
    off_t at, size_before, size_after;
    size_t length, length_before;
    char *bytes, *bytes_before;
    char *path, *moved_to, *kept_aside;
    int given_up;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct effect *newest, *oldest;
static struct { dev_t dev; ino_t ino; int fd; } files[MOST_FILES];
static int file_count, aside_count, trace = -1;
static int full, starved, met, nth;
static char root[PATH_MAX];
static const char *at, *moment, *kind, *lie;
static unsigned long long chance;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static void *take(size_t size) {
    void *memory = malloc(size ? size : 1);
    if (!memory) abort();
    return memory;
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

static int coin(void) {
    chance ^= chance << 13, chance ^= chance >> 7, chance ^= chance << 17;
    return chance >> 40 & 1;
}

/* The name below the root, or none. */
static const char *below(const char *path) {
    size_t length = strlen(root);
    if (!length || strncmp(path, root, length)) return NULL;
    return path[length] == '/' ? path + length + 1 : path[length] ? NULL : ".";
}

static const char *name_of(int fd, char path[PATH_MAX]) {
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return NULL;
    path[length] = 0;
    const char *name = below(path);
    /* SQLite never trusts what a crash left of its index. */
    return name && !fnmatch("*-shm", name, 0) ? NULL : name;
}

/* A descriptor of our own, which is never closed: closing any would let go of all POSIX locks on the file. */
static int own(int fd, const struct stat *found) {
    for (int i = 0; i < file_count; i++)
        if (files[i].dev == found->st_dev && files[i].ino == found->st_ino) return files[i].fd;
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int mine = REAL(open)(link, O_RDWR | O_CLOEXEC);
    if (mine < 0 || file_count == MOST_FILES) abort();
    files[file_count].dev = found->st_dev, files[file_count].ino = found->st_ino, files[file_count].fd = mine;
    return files[file_count++].fd;
}

static struct effect *remember(enum change change, const struct stat *of) {
    struct effect *effect = memset(take(sizeof *effect), 0, sizeof *effect);
    effect->change = change, effect->dev = of->st_dev, effect->ino = of->st_ino;
    effect->older = newest;
    if (newest) newest->newer = effect; else oldest = effect;
    return newest = effect;
}

static void forget(struct effect *effect) {
    if (effect->older) effect->older->newer = effect->newer; else oldest = effect->newer;
    if (effect->newer) effect->newer->older = effect->older; else newest = effect->older;
    free(effect->bytes), free(effect->bytes_before);
    free(effect->path), free(effect->moved_to), free(effect->kept_aside), free(effect);
}

static int is_name(const struct effect *effect) { return effect->change >= MADE; }

static void undo(struct effect *effect) {
    switch (effect->change) {
    case WRITTEN:
    case RESIZED:
        REAL(ftruncate)(effect->fd, effect->size_before);
        REAL(pwrite)(effect->fd, effect->bytes_before, effect->length_before, effect->at);
        break;
    case MADE:
        if (REAL(unlink)(effect->path)) rmdir(effect->path);
        break;
    case MOVED:
        REAL(rename)(effect->moved_to, effect->path);
        if (effect->kept_aside) REAL(rename)(effect->kept_aside, effect->moved_to);
        break;
    case REMOVED:
        REAL(rename)(effect->kept_aside, effect->path);
        break;
    }
}

/* Does again the part of an undone change that chance had let reach the disk. */
static void redo(struct effect *effect) {
    if (effect->change == RESIZED && coin()) REAL(ftruncate)(effect->fd, effect->size_after);
    if (effect->change != WRITTEN) return;
    for (size_t done = 0; done < effect->length;) {
        size_t part = SECTOR - (effect->at + done) % SECTOR;
        if (part > effect->length - done) part = effect->length - done;
        if (coin()) REAL(pwrite)(effect->fd, effect->bytes + done, part, effect->at + done);
        done += part;
    }
}

static void cut(void) {
    /* A file system keeps the order of names: of the last so many none lasts. */
    int lost = 0;
    if (chance)
        for (struct effect *effect = newest; effect && coin(); effect = effect->older) lost += is_name(effect);
    else lost = INT_MAX;
    for (struct effect *effect = newest; effect; effect = effect->older)
        if (!is_name(effect) || lost-- > 0) undo(effect);
    if (chance)
        for (struct effect *effect = oldest; effect; effect = effect->newer)
            if (!effect->given_up) redo(effect);
    die();
}

static int of(const struct effect *effect, const struct stat *file) {
    return effect->dev == file->st_dev && effect->ino == file->st_ino;
}

static int overlap(const struct effect *a, const struct effect *b) {
    return a->at < b->at + (off_t)b->length && b->at < a->at + (off_t)a->length;
}

static void settle(const struct stat *file, int failed) {
    for (struct effect *effect = oldest, *next; effect; effect = next) {
        next = effect->newer;
        if (!of(effect, file) || effect->given_up) continue;
        if (failed) { effect->given_up = 1; continue; }
        /* What was written over and synced is safe, whatever became of the first writing. */
        for (struct effect *before = oldest, *after; before != effect; before = after) {
            after = before->newer;
            if (of(before, file) && before->given_up && overlap(before, effect)) forget(before);
        }
        next = effect->newer;
        forget(effect);
    }
}

static void say(const char *effect, const char *name) {
    char line[PATH_MAX + 32];
    int length = snprintf(line, sizeof line, "%s%s%s\n", effect, *name ? " " : "", name);
    if (trace >= 0 && REAL(write)(trace, line, length) < 0) abort();
}

/* Whether the fault is due at this effect. */
static int due(const char *effect, const char *name) {
    char said[PATH_MAX + 32];
    say(effect, name);
    snprintf(said, sizeof said, "%s %s", effect, name);
    if (!at || fnmatch(at, said, 0) || ++met != nth) return 0;
    say("fired", "");
    if (!strcmp(kind, "full")) full = 1;
    if (!strcmp(kind, "starve")) starved = 1;
    return 1;
}

static int is_kind(const char *asked) { return kind && !strcmp(kind, asked); }

/* Comes when the fault is due; gives an error number, or 0 to go on. */
static int strike(const char *now) {
    if (strcmp(now, moment)) return 0;
    if (is_kind("kill")) die();
    if (is_kind("cut")) cut();
    return is_kind("fail") ? EIO : 0;
}

static void settle_parent(const char *path, struct stat *folder) {
    char copy[PATH_MAX];
    snprintf(copy, sizeof copy, "%s", path);
    char *slash = strrchr(copy, '/');
    if (!slash) abort();
    *slash = 0;
    if (stat(copy, folder)) memset(folder, 0, sizeof *folder);
}

static struct effect *remember_name(enum change change, const char *path) {
    struct stat folder;
    settle_parent(path, &folder);
    struct effect *effect = remember(change, &folder);
    effect->path = strdup(path);
    return effect;
}

/* A second name outside the folder, so that a removal can be undone. */
static char *keep_aside(const char *path) {
    char aside[PATH_MAX + 32];
    snprintf(aside, sizeof aside, "%s-aside-%d", root, aside_count++);
    return REAL(link)(path, aside) ? NULL : strdup(aside);
}

#define FAILED(error) (errno = (error), -1)

static ssize_t written(int fd, const char *bytes, size_t length, off_t place, int moves) {
    char path[PATH_MAX];
    struct stat before;
    const char *name = fd == trace ? NULL : name_of(fd, path);
    if (!name || fstat(fd, &before) || !S_ISREG(before.st_mode))
        return moves ? REAL(write)(fd, bytes, length) : REAL(pwrite)(fd, bytes, length, place);
    pthread_mutex_lock(&lock);
    if (moves) place = fcntl(fd, F_GETFL) & O_APPEND ? before.st_size : lseek(fd, 0, SEEK_CUR);
    int struck = due("write", name);
    int error = struck ? strike("before") : 0;
    if (full && place + (off_t)length > before.st_size) error = ENOSPC;
    ssize_t done = -1;
    if (!error) {
        size_t part = struck && (is_kind("short") || is_kind("tear")) ? (length + 1) / 2 : length;
        struct effect *effect = remember(WRITTEN, &before);
        effect->fd = own(fd, &before);
        effect->at = place, effect->length = part, effect->size_before = before.st_size;
        memcpy(effect->bytes = take(part), bytes, part);
        ssize_t there = pread(effect->fd, effect->bytes_before = take(part), part, place);
        effect->length_before = there < 0 ? 0 : there;
        done = moves ? REAL(write)(fd, bytes, part) : REAL(pwrite)(fd, bytes, part, place);
        if (struck && is_kind("tear")) die();
        error = done < 0 ? errno : struck ? strike("after") : 0;
    }
    pthread_mutex_unlock(&lock);
    return error ? FAILED(error) : done;
}

ssize_t write(int fd, const void *bytes, size_t length) { return written(fd, bytes, length, 0, 1); }
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t place) { return written(fd, bytes, length, place, 0); }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t place) { return written(fd, bytes, length, place, 0); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
    char path[PATH_MAX];
    if (!name_of(fd, path) || !count) return REAL(writev)(fd, parts, count);
    return written(fd, parts[0].iov_base, parts[0].iov_len, 0, 1);
}

static int synced(int fd) {
    char path[PATH_MAX];
    struct stat file;
    const char *name = name_of(fd, path);
    if (!name || fstat(fd, &file)) return REAL(fsync)(fd);
    pthread_mutex_lock(&lock);
    int struck = due("sync", name);
    int error = struck ? strike("before") : 0;
    int lies = lie && !fnmatch(lie, name, 0);
    /* The real one would only take time: nothing here outlives the machine's own power. */
    if (!lies) settle(&file, error != 0);
    if (!error && struck) error = strike("after");
    pthread_mutex_unlock(&lock);
    return error ? FAILED(error) : 0;
}

int fsync(int fd) { return synced(fd); }
int fdatasync(int fd) { return synced(fd); }

static int resized(int fd, off_t size) {
    char path[PATH_MAX];
    struct stat before;
    const char *name = name_of(fd, path);
    if (!name || fstat(fd, &before)) return REAL(ftruncate)(fd, size);
    pthread_mutex_lock(&lock);
    int struck = due("resize", name);
    int error = struck ? strike("before") : full && size > before.st_size ? ENOSPC : 0;
    if (!error) {
        struct effect *effect = remember(RESIZED, &before);
        effect->fd = own(fd, &before), effect->at = size;
        effect->size_before = before.st_size, effect->size_after = size;
        size_t tail = before.st_size > size ? before.st_size - size : 0;
        ssize_t there = pread(effect->fd, effect->bytes_before = take(tail), tail, size);
        effect->length_before = effect->length = there < 0 ? 0 : there;
        error = REAL(ftruncate)(fd, size) ? errno : struck ? strike("after") : 0;
    }
    pthread_mutex_unlock(&lock);
    return error ? FAILED(error) : 0;
}

int ftruncate(int fd, off_t size) { return resized(fd, size); }
int ftruncate64(int fd, off64_t size) { return resized(fd, size); }

static int open_file(const char *path, int flags, mode_t mode) { return REAL(open)(path, flags, mode); }
static int make_folder(const char *path, int flags, mode_t mode) { (void)flags; return REAL(mkdir)(path, mode); }

static int made(const char *path, int (*make)(const char *, int, mode_t), int flags, mode_t mode) {
    const char *name = below(path);
    pthread_mutex_lock(&lock);
    int struck = due("make", name);
    int error = struck ? strike("before") : 0;
    if (full) error = ENOSPC;
    if (starved && make == open_file) error = EMFILE;
    int fd = error ? -1 : make(path, flags, mode);
    if (fd >= 0) {
        remember_name(MADE, path);
        if (struck && (error = strike("after")) && make == open_file) close(fd);
    } else if (!error) error = errno;
    pthread_mutex_unlock(&lock);
    return error ? FAILED(error) : fd;
}

static int opened(const char *path, int flags, mode_t mode) {
    const char *name = below(path);
    if (name && starved) return FAILED(EMFILE);
    if (!name || !fnmatch("*-shm", name, 0) || !(flags & (O_CREAT | O_TRUNC))) return open_file(path, flags, mode);
    if (access(path, F_OK)) return flags & O_CREAT ? made(path, open_file, flags, mode) : FAILED(ENOENT);
    int fd = open_file(path, flags & ~O_TRUNC, mode);
    if (fd >= 0 && flags & O_TRUNC && resized(fd, 0)) {
        int error = errno;
        close(fd);
        return FAILED(error);
    }
    return fd;
}

#define OPENING(...)                       \
    mode_t mode = 0;                       \
    if (flags & (O_CREAT | O_TMPFILE)) {   \
        va_list more;                      \
        va_start(more, flags);             \
        mode = va_arg(more, mode_t);       \
        va_end(more);                      \
    }                                      \
    return __VA_ARGS__

int open(const char *path, int flags, ...) { OPENING(opened(path, flags, mode)); }
int open64(const char *path, int flags, ...) { OPENING(opened(path, flags, mode)); }
int openat(int folder, const char *path, int flags, ...) {
    OPENING(*path == '/' ? opened(path, flags, mode) : REAL(openat)(folder, path, flags, mode));
}
int openat64(int folder, const char *path, int flags, ...) {
    OPENING(*path == '/' ? opened(path, flags, mode) : REAL(openat)(folder, path, flags, mode));
}

int mkdir(const char *path, mode_t mode) {
    if (!below(path) || !access(path, F_OK)) return REAL(mkdir)(path, mode);
    return made(path, make_folder, 0, mode);
}

int rename(const char *from, const char *to) {
    const char *name = below(to);
    if (!name) return REAL(rename)(from, to);
    pthread_mutex_lock(&lock);
    int struck = due("rename", name);
    int error = struck ? strike("before") : 0;
    if (!error) {
        char *aside = keep_aside(to);
        if (REAL(rename)(from, to)) error = errno, free(aside);
        else {
            struct effect *effect = remember_name(MOVED, from);
            effect->moved_to = strdup(to), effect->kept_aside = aside;
            if (struck) error = strike("after");
        }
    }
    pthread_mutex_unlock(&lock);
    return error ? FAILED(error) : 0;
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    const char *name = below(to);
    if (!name) return REAL(linkat)(from_folder, from, to_folder, to, flags);
    pthread_mutex_lock(&lock);
    int struck = due("link", name);
    int error = struck ? strike("before") : 0;
    if (full) error = ENOSPC;
    if (!error) {
        if (REAL(linkat)(from_folder, from, to_folder, to, flags)) error = errno;
        else {
            remember_name(MADE, to);
            if (struck) error = strike("after");
        }
    }
    pthread_mutex_unlock(&lock);
    return error ? FAILED(error) : 0;
}

int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlink(const char *path) {
    const char *name = below(path);
    if (!name || !fnmatch("*-shm", name, 0) || access(path, F_OK)) return REAL(unlink)(path);
    pthread_mutex_lock(&lock);
    int struck = due("unlink", name);
    int error = struck ? strike("before") : 0;
    if (!error) {
        char *aside = keep_aside(path);
        if (REAL(unlink)(path)) error = errno, free(aside);
        else {
            if (aside) remember_name(REMOVED, path)->kept_aside = aside;
            if (struck) error = strike("after");
        }
    }
    pthread_mutex_unlock(&lock);
    return error ? FAILED(error) : 0;
}

static void *listen_to_standard_input(void *nothing) {
    char asked;
    while (read(STDIN_FILENO, &asked, 1) == 1) {
        pthread_mutex_lock(&lock);
        if (asked == 'c') cut();
        if (asked == 'f') full = starved = 0;
        if (asked == 's') kill(getpid(), SIGTERM);
        pthread_mutex_unlock(&lock);
    }
    return nothing;
}

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("FAULT_ROOT"), *path = getenv("FAULT_TRACE"), *asked;
    if (!folder || !path || !realpath(folder, root)) abort();
    trace = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    at = getenv("FAULT_AT"), moment = getenv("FAULT_MOMENT"), kind = getenv("FAULT_KIND"), lie = getenv("FAULT_LIE");
    nth = (asked = getenv("FAULT_NTH")) ? atoi(asked) : 0;
    chance = (asked = getenv("FAULT_CHANCE")) ? strtoull(asked, NULL, 10) : 0;
    pthread_t thread;
    if (pthread_create(&thread, NULL, listen_to_standard_input, NULL)) abort();
}
