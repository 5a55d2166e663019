package steps

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/mailgrant/mailgrant/steps/strictyaml"
)

// Folder is where connections and drafts are kept, one YAML file each. A practice run keeps its
// own apart.
type Folder struct {
	Root     string
	Practice bool
}

const extension = ".yaml"

func (f Folder) connections() string {
	if f.Practice {
		return filepath.Join(f.Root, "practice")
	}
	return filepath.Join(f.Root, "connections")
}

func (f Folder) drafts() string {
	if f.Practice {
		return filepath.Join(f.Root, "practice", "drafts")
	}
	return filepath.Join(f.Root, "drafts")
}

// ConnectionPath is the file of a connection, whether it exists or not.
func (f Folder) ConnectionPath(name string) string {
	return filepath.Join(f.connections(), name+extension)
}

// DraftPath is the file of a draft, whether it exists or not.
func (f Folder) DraftPath(name string) string { return filepath.Join(f.drafts(), name+extension) }

// NotFound says that there is no connection of this name.
type NotFound struct {
	Name  string
	Known []string
}

func (e *NotFound) Error() string {
	if len(e.Known) == 0 {
		return fmt.Sprintf("connection %q does not exist, and there is no other yet; make one with mailgrant setup", e.Name)
	}
	return fmt.Sprintf("connection %q does not exist; there are: %s", e.Name, strings.Join(e.Known, ", "))
}

// Connection reads one connection. The error is a *NotFound, a *strictyaml.Error or a *FileError.
// With a *strictyaml.Error the Connection still knows the file that it was read from, so that
// SaveConnection can replace it.
func (f Folder) Connection(name string) (Connection, error) {
	if err := CheckName(name); err != nil {
		return Connection{}, &NotFound{name, f.Names()}
	}
	path := f.ConnectionPath(name)
	data, err := readBounded(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Connection{}, &NotFound{name, f.Names()}
	}
	if err != nil {
		return Connection{}, &FileError{path, err}
	}
	connection := Connection{revision: revisionOf(data)}
	unusable := Connection{revision: connection.revision}
	if err := strictyaml.Decode(path, data, &connection); err != nil {
		return unusable, err
	}
	if connection.Name != name {
		return unusable, &strictyaml.Error{File: path, Line: 1, Column: 1, Message: fmt.Sprintf("the file says name: %q", connection.Name), Fix: "make the file's name and the name in it the same"}
	}
	if connection.ID == "" {
		return unusable, &strictyaml.Error{File: path, Line: 1, Column: 1, Message: "the connection has no id", Fix: "restore the file, or set the connection up again with mailgrant setup --replace"}
	}
	return connection, nil
}

// Names lists the connections' names, sorted.
func (f Folder) Names() []string { return namesIn(f.connections()) }

// DraftNames lists the drafts' names, sorted.
func (f Folder) DraftNames() []string { return namesIn(f.drafts()) }

func namesIn(folder string) []string {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		if name, ok := strings.CutSuffix(entry.Name(), extension); ok && CheckName(name) == nil && !entry.IsDir() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Draft reads one draft.
func (f Folder) Draft(name string) (Answers, error) {
	if err := CheckName(name); err != nil {
		return Answers{}, &NotFound{name, f.DraftNames()}
	}
	path := f.DraftPath(name)
	data, err := readBounded(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Answers{}, &NotFound{name, f.DraftNames()}
	}
	if err != nil {
		return Answers{}, &FileError{path, err}
	}
	answers, err := decodeAnswers(path, data)
	answers.draft = revisionOf(data)
	return answers, err
}

// SaveDraft keeps answers that are not proved yet and returns the file's path. Answers that
// nobody has named yet take the place of no other draft, nor do those of a draft that another
// program changed after it was read here: they are kept beside it, under a name of their own.
func (f Folder) SaveDraft(answers Answers) (string, error) {
	switch {
	case answers.Name == "":
		answers.Name = f.freeDraftName(answers, DefaultName(answers.Product, answers.organisation()))
	case answers.draft != "" && CheckName(answers.Name) == nil:
		answers.Name = f.freeDraftName(answers, answers.Name)
	}
	if err := CheckName(answers.Name); err != nil {
		return "", err
	}
	path := f.DraftPath(answers.Name)
	return path, f.save(path, answers, false)
}

// freeDraftName is the name wanted, or the first of its numbered successors under which there is
// no draft, or the one that the answers were read from, or one that says the same.
func (f Folder) freeDraftName(answers Answers, wanted string) string {
	name := wanted
	for number := 2; number < 100; number++ {
		there, err := f.Draft(name)
		var free *NotFound
		if errors.As(err, &free) || err == nil && there.holds(answers) {
			return name
		}
		suffix := fmt.Sprintf("-%d", number)
		name = strings.TrimRight(wanted[:min(len(wanted), maxName-len(suffix))], "-") + suffix
	}
	return name
}

// holds reports whether the draft is the one that the answers were read from, unchanged, or, for
// answers that were read from none, says the same.
func (a Answers) holds(answers Answers) bool {
	if answers.draft != "" {
		return a.draft == answers.draft
	}
	return a.Fingerprint() == answers.Fingerprint()
}

// RemoveDraft removes a draft, if there is one.
func (f Folder) RemoveDraft(name string) error {
	err := os.Remove(f.DraftPath(name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &FileError{f.DraftPath(name), err}
	}
	return nil
}

// Changed says that another program wrote a connection's file after it was read here.
type Changed struct{ Path string }

func (e *Changed) Error() string {
	return fmt.Sprintf("%s was changed by another program meanwhile; nothing was overwritten, run the command again", e.Path)
}

// SaveConnection writes a connection. One that was read before is written over the file it was
// read from, and only if that file is still the same; a new one never replaces a file.
func (f Folder) SaveConnection(connection Connection) error {
	if err := CheckName(connection.Name); err != nil {
		return err
	}
	path := f.ConnectionPath(connection.Name)
	isNew := connection.revision == ""
	if !isNew {
		data, err := readBounded(path)
		if err != nil || revisionOf(data) != connection.revision {
			return &Changed{path}
		}
	}
	err := f.save(path, connection, isNew)
	if errors.Is(err, fs.ErrExist) {
		return &Changed{path}
	}
	return err
}

// RemoveConnection removes a connection's file.
func (f Folder) RemoveConnection(name string) error {
	if err := os.Remove(f.ConnectionPath(name)); err != nil {
		return &FileError{f.ConnectionPath(name), err}
	}
	return nil
}

func (f Folder) save(path string, content any, mustBeNew bool) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return &FileError{filepath.Dir(path), err}
	}
	body, err := yaml.Marshal(content)
	if err != nil {
		return fmt.Errorf("%s cannot be written as YAML: %w", path, err)
	}
	note := "# Kept by mailgrant. No secret is in this file.\n"
	return writeFile(path, append([]byte(note), body...), mustBeNew)
}

func revisionOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Resumable are the drafts that a set-up which has only just begun can go on with: those of the
// product asked for, or all. A set-up that already has values of its own goes on with none.
func (f Folder) Resumable(begun Answers) []Answers {
	if begun.Tenant != "" || begun.ClientID != "" || begun.Mailboxes.Outbound != nil || len(begun.Mailboxes.Inbound) > 0 {
		return nil
	}
	var drafts []Answers
	for _, name := range f.DraftNames() {
		draft, err := f.Draft(name)
		if err == nil && (begun.Product == "" || draft.Product == begun.Product) {
			draft.Name = name
			drafts = append(drafts, draft)
		}
	}
	return drafts
}
