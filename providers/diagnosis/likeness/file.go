package likeness

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
)

// WriteTo writes the model as compressed lines: from which messages it was learned, with the names,
// then the words. The same model gives the same lines.
func (m *Model) WriteTo(to io.Writer) (int64, error) {
	packed, err := gzip.NewWriterLevel(to, gzip.BestCompression)
	if err != nil {
		return 0, err
	}
	written, err := io.WriteString(packed, m.learned+"\t"+strings.Join(m.names, "\t")+"\n"+strings.Join(m.words, "\n"))
	return int64(written), errors.Join(err, packed.Close())
}

// Read reads what WriteTo wrote.
func Read(from io.Reader) (*Model, error) {
	unpacked, err := gzip.NewReader(from)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(unpacked)
	if err != nil {
		return nil, err
	}
	head, words, _ := strings.Cut(string(text), "\n")
	fields := strings.Split(head, "\t")
	m := &Model{learned: fields[0], names: fields[1:], words: strings.Split(words, "\n")}
	if m.learned == "" || len(m.names) == 0 {
		return nil, fmt.Errorf("no model: it begins with %.40q", head)
	}
	return m, nil
}
