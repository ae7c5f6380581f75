// Package sqlite is the engine for one machine: everything in one SQLite file.
//
// One goroutine writes. It commits what has gathered, at most 256 requests at a
// time, and waits for nothing: the fsync of one batch is the gathering time of
// the next. A caller is answered only after COMMIT has returned with
// synchronous=FULL, so what was acknowledged survives a power cut on a disk
// that honours flushes. Readers have connections of their own and never hold a
// read transaction longer than one page.
//
// The file, its -wal and its -shm belong together: never copy a live database,
// keep it off network filesystems, and do not open it with another SQLite older
// than 3.51.3.
package sqlite
