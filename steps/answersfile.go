package steps

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/mailgrant/mailgrant/steps/strictyaml"
)

// ReadAnswers reads an answers file or a draft. A relative path in it, of endpoints.caFile or a
// certificate, is taken from the folder of the file. The error is a *strictyaml.Error or a *FileError.
func ReadAnswers(path string) (Answers, error) {
	data, err := readBounded(path)
	if err != nil {
		return Answers{}, &FileError{path, err}
	}
	return decodeAnswers(path, data)
}

func decodeAnswers(path string, data []byte) (Answers, error) {
	var answers Answers
	if err := strictyaml.Decode(path, data, &answers); err != nil {
		return Answers{}, err
	}
	folder, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return Answers{}, &FileError{path, err}
	}
	for _, key := range []Key{keyCAFile, KeyCertificate} {
		if named := answers.Get(key); named != "" && !filepath.IsAbs(named) {
			answers = answers.With(key, filepath.Join(folder, named))
		}
	}
	return answers, nil
}

// readBounded reads at most one byte more than the decoder accepts, so that it can refuse.
func readBounded(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return io.ReadAll(io.LimitReader(file, strictyaml.MaxSize+1))
}

// InFile adds to the first of the errors where in the file it stands. A missing answer stands
// where the values around it do.
func (e AnswerErrors) InFile(path string) error {
	data, err := readBounded(path)
	if err != nil {
		return e
	}
	first := e[0]
	line, column := strictyaml.At(data, first.Key.path()...)
	return &strictyaml.Error{File: path, Line: line, Column: column, Message: first.Message, Fix: first.Fix}
}

// path are the keys that lead to an answer in a file. A mailbox's own key means its address,
// which in the short form is the mailbox itself.
func (k Key) path() []string {
	group, rest, nested := strings.Cut(string(k), ".")
	switch {
	case !nested:
		return []string{group}
	case group != "mailboxes":
		return []string{group, rest}
	}
	path := append([]string{group}, strings.Split(rest, ".")...)
	if _, part, ok := k.mailbox(); ok && part == "" {
		path = append(path, "address")
	}
	return path
}
