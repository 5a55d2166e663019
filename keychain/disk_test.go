//go:build unprivileged

package keychain

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func diskPassphrase(context.Context) (Secret, error) { return NewSecret("for this test"), nil }

// The disk is a real one of a few kilobytes, which MAILGRANT_TEST_DISK names; root's rights would
// hide the second fault.
func TestDiskFull(t *testing.T) {
	disk := os.Getenv("MAILGRANT_TEST_DISK")
	if disk == "" || os.Geteuid() == 0 {
		t.Fatal("name a file system of 64 kB in MAILGRANT_TEST_DISK and run as an unprivileged user")
	}
	folder, err := os.MkdirTemp(disk, "secrets-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	path := filepath.Join(folder, "secrets.age")
	ctx := context.Background()
	if err := NewFile(path, diskPassphrase).Set(ctx, "a/client-secret", NewSecret("the first")); err != nil {
		t.Fatal(err)
	}
	ballast, err := os.Create(filepath.Join(folder, "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = ballast.Write(make([]byte, 512))
	}
	_ = ballast.Close()
	if err := NewFile(path, diskPassphrase).Set(ctx, "b/client-secret", NewSecret("the second")); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("keeping a secret on a full disk gives %v", err)
	}
	kept, err := NewFile(path, diskPassphrase).Get(ctx, "a/client-secret")
	if err != nil || !kept.Equal(NewSecret("the first")) {
		t.Errorf("the secret that was there is lost: %v", err)
	}
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700) })
	if err := NewFile(filepath.Join(folder, "other.age"), diskPassphrase).Set(ctx, "c/client-secret", NewSecret("third")); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("keeping a secret in a read-only folder gives %v", err)
	}
}
