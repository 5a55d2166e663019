package steps

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/steps/strictyaml"
)

func fullConnection() Connection {
	return Connection{
		Answers: Answers{
			Product: "agiloft", Route: routeApp, Name: "contoso", Cloud: "public", Tenant: "contoso.example", ClientID: testClient, ObjectID: testObject,
			SecretEnds: "2028-11-20",
			Mailboxes: MailboxAnswers{
				Outbound: &MailboxAnswer{Address: "crm@contoso.example", SignedInAs: "svc@contoso.example"},
				Inbound:  []MailboxAnswer{{Address: "a@contoso.example", Table: "123", Folder: "~"}, {Address: "b@contoso.example", Table: "no: \"yes\" # x"}},
			},
			Values: map[string]string{"base_kb_uri": "https://kb.example"}, SendTo: "a@contoso.example", Confirmed: []string{"imap-on"}, Store: "file",
			Endpoints: EndpointAnswers{Authority: "https://login.example/", CAFile: "/tmp/ca.pem"},
		},
		ID: "0123456789abcdef0123456789abcdef", Secret: "file:0123456789abcdef0123456789abcdef/client-secret",
		Checklist: []LineRecord{{Resource: "Microsoft Graph", Type: "delegated", Permission: "User.Read", Need: "optional", State: "open", Evidence: "no token shows it"}},
		Verified:  &Proof{At: "2026-11-21T12:00:00Z", By: "mailgrant test", Fingerprint: "sha256:00", Results: []ResultRecord{{Probe: "imap", Mailbox: "a@contoso.example", Server: "imaps://x:993", Outcome: "passed", Detail: "INBOX, 3 messages"}}},
		LastCheck: &Proof{At: "2026-11-22T12:00:00Z", By: "mailgrant test", Results: []ResultRecord{{Probe: "imap", Outcome: "failed", Cause: "secret-expired"}}},
	}
}

func TestConnectionsAreReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	folder := Folder{Root: t.TempDir()}
	want := fullConnection()
	if err := folder.SaveConnection(want); err != nil {
		t.Fatal(err)
	}
	got, err := folder.Connection("contoso")
	if err != nil {
		t.Fatal(err)
	}
	got.revision = ""
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read\n%+v, wrote\n%+v", got, want)
	}
	if names := folder.Names(); !reflect.DeepEqual(names, []string{"contoso"}) {
		t.Errorf("names %v", names)
	}
}

func FuzzConnectionRoundTrip(f *testing.F) {
	for _, text := range []string{"", "~", "null", "true", "010", "1e3", "- a", "a: b", "# x", "'", "\"", "{", "a\nb", " a ", "|", "\ta", "é", "\u2028", "2028-11-20", "*a", "&a", "!!str", "=", "<<", "\u00a0", "a\r\nb", "\x7f"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		folder := Folder{Root: t.TempDir()}
		want := Connection{Answers: Answers{Product: "agiloft", Name: "fuzz", Tenant: text, Values: map[string]string{"base_kb_uri": text},
			Mailboxes: MailboxAnswers{Inbound: []MailboxAnswer{{Address: text, Table: text}}}}, ID: "x"}
		if err := folder.SaveConnection(want); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		got, err := folder.Connection("fuzz")
		if err != nil {
			if text == stripped(text) {
				t.Fatalf("%q: %v", text, err)
			}
			return // what no terminal or file gives need only be refused
		}
		if text == stripped(text) && got.Fingerprint() != want.Fingerprint() {
			t.Errorf("%q came back as %q", text, got.Tenant)
		}
	})
}

// stripped is a text without what nobody can type.
func stripped(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == 0xfffd || r == 0xfeff || r == 0x2028 || r == 0x2029 || r > 0xffff {
			return -1
		}
		return r
	}, text)
}

func TestFilesAreForTheirOwnerAlone(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	folder := Folder{Root: filepath.Join(t.TempDir(), "home")}
	if err := folder.SaveConnection(fullConnection()); err != nil {
		t.Fatal(err)
	}
	draft, err := folder.SaveDraft(Answers{Product: "agiloft", Tenant: "contoso.example"})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]fs.FileMode{
		folder.Root: 0o700, filepath.Join(folder.Root, "connections"): 0o700, filepath.Join(folder.Root, "drafts"): 0o700,
		folder.ConnectionPath("contoso"): 0o600, draft: 0o600,
	} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
	left, err := filepath.Glob(filepath.Join(folder.Root, "*", ".mailgrant-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("temporary files are left: %v %v", left, err)
	}
}

func TestSavingNeverOverwritesWhatOthersWrote(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		before func(t *testing.T, folder Folder) Connection // what is to be saved
		wrote  string
	}{
		{"a new one where there is one", func(t *testing.T, folder Folder) Connection {
			write(t, folder, "theirs")
			return fullConnection()
		}, "theirs"},
		{"one that was changed meanwhile", func(t *testing.T, folder Folder) Connection {
			read := saveAndRead(t, folder)
			write(t, folder, "theirs")
			return read
		}, "theirs"},
		{"one that was removed meanwhile", func(t *testing.T, folder Folder) Connection {
			read := saveAndRead(t, folder)
			if err := folder.RemoveConnection("contoso"); err != nil {
				t.Fatal(err)
			}
			return read
		}, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			folder := Folder{Root: t.TempDir()}
			var changed *Changed
			if err := folder.SaveConnection(tc.before(t, folder)); !errors.As(err, &changed) {
				t.Fatalf("saved with %v", err)
			}
			data, _ := os.ReadFile(folder.ConnectionPath("contoso"))
			if string(data) != tc.wrote {
				t.Errorf("the file holds %q", data)
			}
		})
	}
}

func write(t *testing.T, folder Folder, text string) {
	t.Helper()
	path := folder.ConnectionPath("contoso")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func saveAndRead(t *testing.T, folder Folder) Connection {
	t.Helper()
	if err := folder.SaveConnection(fullConnection()); err != nil {
		t.Fatal(err)
	}
	read, err := folder.Connection("contoso")
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func TestSymbolicLinksStayLinks(t *testing.T) {
	t.Parallel()
	folder := Folder{Root: t.TempDir()}
	read := saveAndRead(t, folder)
	path, elsewhere := folder.ConnectionPath("contoso"), filepath.Join(t.TempDir(), "elsewhere.yaml")
	err := errors.Join(os.Rename(path, elsewhere), os.Symlink(elsewhere, path))
	if err != nil && runtime.GOOS == "windows" {
		t.Skip("Windows wants a privilege for symbolic links: " + err.Error())
	}
	if err != nil {
		t.Fatal(err)
	}
	read.Tenant = "other.example"
	if err := folder.SaveConnection(read); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(path)
	data, readErr := os.ReadFile(elsewhere)
	if err != nil || readErr != nil || info.Mode()&fs.ModeSymlink == 0 || !strings.Contains(string(data), "other.example") {
		t.Errorf("%v %v %v\n%s", info, err, readErr, data)
	}
}

func TestFilesThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	good, err := os.ReadFile(func() string {
		folder := Folder{Root: t.TempDir()}
		saveAndRead(t, folder)
		return folder.ConnectionPath("contoso")
	}())
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct{ name, content, says string }{
		{"another name inside", strings.Replace(string(good), "name: contoso", "name: fabrikam", 1), `the file says name: "fabrikam"`},
		{"no id", strings.Replace(string(good), "\nid: 0123456789abcdef0123456789abcdef", "", 1), "id"},
		{"unknown key", string(good) + "colour: red\n", "colour"},
		{"cut off", string(good[:len(good)/2]) + "\n  '", ""},
		{"empty", "", "empty"},
		{"more than 1 MB", strings.Repeat("#", strictyaml.MaxSize+1), "1 M"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			folder := Folder{Root: t.TempDir()}
			write(t, folder, tc.content)
			_, err := folder.Connection("contoso")
			var wrong *strictyaml.Error
			if !errors.As(err, &wrong) || !strings.Contains(err.Error(), tc.says) || wrong.Fix == "" {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestMissingConnectionsNameTheOthers(t *testing.T) {
	t.Parallel()
	folder := Folder{Root: t.TempDir()}
	_, err := folder.Connection("x")
	if want := `connection "x" does not exist, and there is no other yet; make one with mailgrant setup`; err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
	saveAndRead(t, folder)
	for _, name := range []string{"x", "../connections/contoso", ""} {
		_, err := folder.Connection(name)
		var missing *NotFound
		if !errors.As(err, &missing) || !strings.HasSuffix(err.Error(), "there are: contoso") {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestAFolderInAFilesPlace(t *testing.T) {
	t.Parallel()
	folder := Folder{Root: t.TempDir()}
	if err := os.MkdirAll(folder.ConnectionPath("contoso"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := folder.Connection("contoso")
	var file *FileError
	if !errors.As(err, &file) || file.Reason() == "" {
		t.Errorf("reading: %v", err)
	}
	if names := folder.Names(); len(names) != 0 {
		t.Errorf("names %v", names)
	}
	if err := folder.SaveConnection(fullConnection()); err == nil {
		t.Error("saved over a folder")
	}
	blocked := Folder{Root: filepath.Join(t.TempDir(), "file")}
	if err := os.WriteFile(blocked.Root, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := blocked.SaveConnection(fullConnection()); !errors.As(err, &file) {
		t.Errorf("saved under a file: %v", err)
	}
}

func TestDraftsAreKeptApart(t *testing.T) {
	t.Parallel()
	folder := Folder{Root: t.TempDir()}
	path, err := folder.SaveDraft(Answers{Product: "agiloft", Tenant: "contoso.example"})
	if err != nil || path != folder.DraftPath("agiloft-contoso") {
		t.Fatalf("%s %v", path, err)
	}
	draft, err := folder.Draft("agiloft-contoso")
	if err != nil || draft.Name != "agiloft-contoso" || draft.Tenant != "contoso.example" {
		t.Errorf("%+v %v", draft, err)
	}
	if len(folder.Names()) != 0 || len(folder.DraftNames()) != 1 {
		t.Errorf("connections %v, drafts %v", folder.Names(), folder.DraftNames())
	}
	practice := Folder{Root: folder.Root, Practice: true}
	if err := practice.SaveConnection(fullConnection()); err != nil {
		t.Fatal(err)
	}
	if len(folder.Names()) != 0 || len(practice.Names()) != 1 || len(practice.DraftNames()) != 0 {
		t.Error("a practice run and real connections are not apart")
	}
	for range 2 {
		if err := folder.RemoveDraft("agiloft-contoso"); err != nil {
			t.Errorf("removing: %v", err)
		}
	}
	var missing *NotFound
	if _, err := folder.Draft("agiloft-contoso"); !errors.As(err, &missing) {
		t.Errorf("a removed draft: %v", err)
	}
}

func TestWriteFileLeavesTheOldOneWhenItFails(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "file")
	if err := WriteFile(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(path, []byte("new"), true); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file that must be new: %v", err)
	}
	if data, _ := os.ReadFile(path); string(data) != "old" {
		t.Errorf("the file holds %q", data)
	}
	if err := WriteFile(path, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(path); string(data) != "new" {
		t.Errorf("the file holds %q", data)
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v %v", entries, err)
	}
}

func TestUnnamedDraftsKeepOutOfEachOthersWay(t *testing.T) {
	t.Parallel()
	folder := Folder{Root: t.TempDir()}
	save := func(answers Answers) string {
		t.Helper()
		path, err := folder.SaveDraft(answers)
		if err != nil {
			t.Fatal(err)
		}
		return filepath.Base(path)
	}
	first := Answers{Product: "agiloft", Route: "ms-mail-cc"}
	second := Answers{Product: "agiloft", Route: "ms-mail-device"}
	for i, c := range []struct {
		answers Answers
		want    string
	}{
		{first, "agiloft.yaml"},
		{first, "agiloft.yaml"}, // the same again
		{second, "agiloft-2.yaml"},
		{Answers{Product: "agiloft", Name: "agiloft", Route: "ms-mail-device"}, "agiloft.yaml"}, // gone on with and named
		{Answers{Product: "agiloft", Tenant: strings.Repeat("a", 60) + ".example"}, "agiloft-" + strings.Repeat("a", 32) + ".yaml"},
		{Answers{Product: "agiloft", Tenant: strings.Repeat("a", 60) + ".test"}, "agiloft-" + strings.Repeat("a", 30) + "-2.yaml"},
	} {
		if got := save(c.answers); got != c.want {
			t.Errorf("draft %d is kept as %s, want %s", i, got, c.want)
		}
	}
	if err := os.WriteFile(folder.DraftPath("broken"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := save(Answers{Product: "broken"}); got != "broken-2.yaml" {
		t.Errorf("a draft that cannot be read was replaced by %s", got)
	}
}

func TestADraftChangedMeanwhileIsKeptBesideOurs(t *testing.T) {
	t.Parallel()
	read := func(t *testing.T, folder Folder, name string) Answers {
		t.Helper()
		draft, err := folder.Draft(name)
		if err != nil {
			t.Fatal(err)
		}
		return draft
	}
	for _, tc := range []struct {
		name      string
		meanwhile func(Folder) error
		want      string // where ours is kept
		theirs    string // the client ID that contoso.yaml then holds
	}{
		{"nothing happened", func(Folder) error { return nil }, "contoso", testClient},
		{"changed", func(f Folder) error {
			_, err := f.SaveDraft(Answers{Product: "agiloft", Name: "contoso", ClientID: testObject})
			return err
		}, "contoso-2", testObject},
		{"only an end date changed", func(f Folder) error {
			_, err := f.SaveDraft(Answers{Product: "agiloft", Name: "contoso", Tenant: "contoso.example", SecretEnds: "2028-11-20"})
			return err
		}, "contoso-2", ""},
		{"made unreadable", func(f Folder) error { return os.WriteFile(f.DraftPath("contoso"), []byte("{"), 0o600) }, "contoso-2", ""},
		{"removed", func(f Folder) error { return f.RemoveDraft("contoso") }, "contoso", testClient},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			folder := Folder{Root: t.TempDir()}
			if _, err := folder.SaveDraft(Answers{Product: "agiloft", Name: "contoso", Tenant: "contoso.example"}); err != nil {
				t.Fatal(err)
			}
			ours := read(t, folder, "contoso").With(KeyClientID, testClient)
			if err := tc.meanwhile(folder); err != nil {
				t.Fatal(err)
			}
			path, err := folder.SaveDraft(ours)
			if err != nil || path != folder.DraftPath(tc.want) {
				t.Fatalf("ours is kept as %s, %v", path, err)
			}
			if kept := read(t, folder, tc.want); kept.ClientID != testClient || kept.Name != tc.want {
				t.Errorf("ours came back as %+v", kept)
			}
			if tc.theirs != "" && read(t, folder, "contoso").ClientID != tc.theirs {
				t.Error("the other program's draft is lost")
			}
		})
	}
}
