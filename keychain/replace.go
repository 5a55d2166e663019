package keychain

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// replace writes a file as a whole or not at all: fill goes to a temporary file beside it, which
// takes its place after it is safely on the disk. The mode is 0600. A symbolic link stays one.
func replace(path string, fill func(io.Writer) error) error {
	if target, linkErr := filepath.EvalSymlinks(path); linkErr == nil {
		path = target
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp") // 0600 by itself
	if err != nil {
		return err
	}
	err = errors.Join(fill(temporary), temporary.Sync(), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temporary.Name()))
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes the new name survive a power cut. Windows has no such call for folders.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
