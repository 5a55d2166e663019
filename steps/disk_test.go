//go:build unprivileged

package steps

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// tinyDisk is a file system of a few kilobytes that MAILGRANT_TEST_DISK names, and these tests run
// without root's rights, so that a full disk and a missing permission are the real ones.
func tinyDisk(t *testing.T) string {
	t.Helper()
	disk := os.Getenv("MAILGRANT_TEST_DISK")
	if disk == "" {
		t.Fatal("MAILGRANT_TEST_DISK is not set: name a file system of 64 kB")
	}
	if os.Geteuid() == 0 {
		t.Fatal("run as an unprivileged user: root may write everywhere")
	}
	folder, err := os.MkdirTemp(disk, "home-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

// fill writes until the disk takes no more.
func fill(t *testing.T, folder string) {
	t.Helper()
	file, err := os.Create(filepath.Join(folder, "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	for err == nil {
		_, err = file.Write(make([]byte, 512))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
}

func diskConnection() Connection {
	return Connection{
		Answers: Answers{Product: "agiloft", Route: "ms-mail-cc", Name: "contoso", Tenant: "contoso.example",
			Mailboxes: MailboxAnswers{Outbound: &MailboxAnswer{Address: "crm@contoso.example"}}},
		ID: "0123456789abcdef0123456789abcdef",
	}
}

func TestDiskFull(t *testing.T) {
	home := tinyDisk(t)
	folder := Folder{Root: filepath.Join(home, "mailgrant")}
	if err := folder.SaveConnection(diskConnection()); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(folder.ConnectionPath("contoso"))
	if err != nil {
		t.Fatal(err)
	}
	saved, err := folder.Connection("contoso")
	if err != nil {
		t.Fatal(err)
	}
	fill(t, home)
	saved.SecretEnds = "2028-11-20"
	err = folder.SaveConnection(saved)
	var file *FileError
	if !errors.As(err, &file) || !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("saving on a full disk gives %v", err)
	}
	if _, err := folder.SaveDraft(saved.Answers); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a draft on a full disk gives %v", err)
	}
	after, err := os.ReadFile(folder.ConnectionPath("contoso"))
	if err != nil || string(after) != string(before) {
		t.Errorf("the file changed: %v\n%s", err, after)
	}
	leftOver(t, filepath.Dir(folder.ConnectionPath("contoso")), 1)
}

func TestReadOnlyFolder(t *testing.T) {
	home := tinyDisk(t)
	folder := Folder{Root: filepath.Join(home, "mailgrant")}
	if err := os.Chmod(home, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(home, 0o700) })
	if err := folder.SaveConnection(diskConnection()); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("saving into a read-only folder gives %v", err)
	}
}

func TestUnprivilegedReader(t *testing.T) {
	home := tinyDisk(t)
	folder := Folder{Root: home}
	if err := folder.SaveConnection(diskConnection()); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(folder.ConnectionPath("contoso"), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := folder.Connection("contoso"); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("an unreadable file gives %v", err)
	}
}

func leftOver(t *testing.T, folder string, want int) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != want {
		t.Errorf("%s holds %v, want %d file(s): %v", folder, entries, want, err)
	}
}
