package steps

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// writeFile puts data under path so that a reader sees the old file or the new one, never a
// part: a temporary file beside it, flushed, then renamed. The file is readable by its owner only.
// With mustBeNew an existing file is left as it is and the error wraps fs.ErrExist.
func writeFile(path string, data []byte, mustBeNew bool) (err error) {
	if target, linkErr := filepath.EvalSymlinks(path); linkErr == nil {
		path = target
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".mailgrant-*")
	if err != nil {
		return notWritten(path, err)
	}
	defer func() { _ = os.Remove(temporary.Name()) }()
	_, err = temporary.Write(data)
	if err == nil {
		err = temporary.Sync()
	}
	if closeErr := temporary.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return notWritten(path, err)
	}
	if mustBeNew {
		// A link cannot replace a file that another program has just made; a rename would.
		if err := os.Link(temporary.Name(), path); err == nil || errors.Is(err, fs.ErrExist) {
			return errors.Join(err, syncFolder(filepath.Dir(path)))
		}
		if _, err := os.Lstat(path); err == nil {
			return notWritten(path, fs.ErrExist)
		}
	}
	if err := os.Rename(temporary.Name(), path); err != nil {
		return notWritten(path, err)
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes a rename last through a power cut. Windows has no such call.
func syncFolder(folder string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	open, err := os.Open(folder)
	if err != nil {
		return notWritten(folder, err)
	}
	err = open.Sync()
	return errors.Join(err, open.Close())
}

func notWritten(path string, err error) error {
	return &FileError{Path: path, Err: err}
}

// FileError is a file that could not be read or written; what was there before is unchanged.
type FileError struct {
	Path string
	Err  error
}

func (e *FileError) Error() string {
	return fmt.Sprintf("%s cannot be used: %s; free space, permissions and MAILGRANT_HOME decide, and nothing was changed", e.Path, plainOS(e.Err))
}

func (e *FileError) Unwrap() error { return e.Err }

// Reason is what the operating system said, without the path.
func (e *FileError) Reason() string { return plainOS(e.Err) }

// WriteFile puts data under path, whole or not at all, readable by its owner only.
func WriteFile(path string, data []byte) error { return writeFile(path, data, false) }
