package ledger

import (
	"errors"
	"fmt"
	"io"
)

func (u *unpacker) open(name string) (io.ReadCloser, error) {
	file := u.files[name]
	if file == nil {
		return nil, fmt.Errorf("the pack lacks %s", name)
	}
	opened, err := file.Open()
	if err != nil {
		return nil, unread(name, err)
	}
	return opened, nil
}

// read gives a small file whole.
func (u *unpacker) read(name string) ([]byte, error) {
	file, err := u.open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(file, maxSmallFile+1))
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, unread(name, err)
	}
	if len(data) > maxSmallFile {
		return nil, fmt.Errorf("%s is larger than any such file", name)
	}
	return data, nil
}

// unread says which file of a pack is damaged.
func unread(name string, err error) error {
	return fmt.Errorf("%s in the pack was changed or cut off, so that it cannot be read (%w): get the pack again", name, err)
}

// spans names the files of a tree's leaves, in order.
func (u *unpacker) spans(packed packedTree) []string {
	names := []string{leavesName(packed.Folder, 0)}
	for u.files[leavesName(packed.Folder, int64(len(names)))] != nil {
		names = append(names, leavesName(packed.Folder, int64(len(names))))
	}
	return names
}

// each walks through the leaves of a tree, until see gives an error.
func (u *unpacker) each(packed packedTree, see func(*Leaf) error) error {
	for _, name := range u.spans(packed) {
		file, err := u.open(name)
		if err != nil {
			return err
		}
		for leaf, err := range readLeaves(file) {
			if err != nil {
				return errors.Join(unread(name, err), file.Close())
			}
			if err := see(leaf); err != nil {
				return errors.Join(err, file.Close())
			}
		}
		if err := file.Close(); err != nil {
			return err
		}
	}
	return nil
}
