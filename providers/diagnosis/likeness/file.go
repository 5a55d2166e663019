package likeness

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Save writes the model as compressed lines: from which messages it was learned, with the names, then
// the words. The same model gives the same lines.
func (m *Model) Save(to io.Writer) error {
	packed, err := gzip.NewWriterLevel(to, gzip.BestCompression)
	if err != nil {
		return err
	}
	_, err = io.WriteString(packed, m.learned+"\t"+strings.Join(m.names, "\t")+"\n"+strings.Join(m.words, "\n"))
	return errors.Join(err, packed.Close())
}

// Read reads what Save wrote.
func Read(from io.Reader) (*Model, error) {
	unpacked, err := gzip.NewReader(from)
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	if _, err := io.Copy(&text, unpacked); err != nil {
		return nil, err
	}
	head, words, _ := strings.Cut(text.String(), "\n")
	fields := strings.Split(head, "\t")
	m := &Model{learned: fields[0], names: fields[1:], words: strings.Split(words, "\n")}
	if m.learned == "" || len(m.names) == 0 {
		return nil, fmt.Errorf("no model: it begins with %.40q", head)
	}
	return m, nil
}
