package soak

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// disk is a file system in a file, whose power can be cut.
type disk struct{ image, at string }

// diskSize is that of the file, in bytes; it is sparse.
const diskSize = 256 << 20

// newDisk makes an ext4 file system and mounts it below a folder.
func newDisk(ctx context.Context, folder string) (*disk, error) {
	if os.Geteuid() != 0 {
		return nil, errors.New("mounting a disk takes root: run it with sudo")
	}
	d := &disk{image: filepath.Join(folder, "image"), at: filepath.Join(folder, "disk")}
	if err := os.MkdirAll(d.at, 0o700); err != nil {
		return nil, err
	}
	if err := os.WriteFile(d.image, nil, 0o600); err != nil { // also what an earlier one was
		return nil, err
	}
	if err := os.Truncate(d.image, diskSize); err != nil {
		return nil, err
	}
	if err := tool(ctx, "mkfs.ext4", "-q", "-F", d.image); err != nil {
		return nil, fmt.Errorf("make a file system (apt-get install e2fsprogs): %w", err)
	}
	return d, d.mount(ctx)
}

func (d *disk) mount(ctx context.Context) error {
	if err := tool(ctx, "mount", "-o", "loop", d.image, d.at); err != nil {
		return fmt.Errorf("mount a loop device (it takes /dev/loop-control, which a container has only when it is privileged): %w", err)
	}
	return nil
}

// unmount waits until nobody uses the disk any more.
func (d *disk) unmount() error {
	for try := 0; ; try++ {
		err := unix.Unmount(d.at, 0)
		if !errors.Is(err, unix.EBUSY) || try == 1000 {
			return err
		}
		<-time.After(5 * time.Millisecond)
	}
}

// EXT4_IOC_SHUTDOWN of Linux, and its flag NOLOGFLUSH: what is not on the disk by
// now never comes there, the journal of the file system included.
const (
	ioctlShutdown = 0x8004587d
	noLogFlush    = 2
)

// cut takes the power away.
func (d *disk) cut() error {
	root, err := os.Open(d.at)
	if err != nil {
		return err
	}
	return errors.Join(unix.IoctlSetPointerInt(int(root.Fd()), ioctlShutdown, noLogFlush), root.Close())
}

// restart mounts the disk anew, as the machine does when the power is back.
func (d *disk) restart(ctx context.Context) error {
	if err := d.unmount(); err != nil {
		return err
	}
	return d.mount(ctx)
}

func tool(ctx context.Context, name string, args ...string) error {
	if out, err := exec.CommandContext(ctx, name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}
