package likeness

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// WriteTo writes the model as compressed lines: the number of messages, the names with their totals,
// then the words. The same model gives the same lines.
func (m *Model) WriteTo(to io.Writer) (int64, error) {
	packed, err := gzip.NewWriterLevel(to, gzip.BestCompression)
	if err != nil {
		return 0, err
	}
	var head strings.Builder
	fmt.Fprint(&head, m.messages)
	for i, name := range m.names {
		fmt.Fprintf(&head, "\t%s:%d", name, m.totals[i])
	}
	written, err := io.WriteString(packed, head.String()+"\n"+strings.Join(m.words, "\n"))
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
	m := &Model{words: strings.Split(words, "\n")}
	for i, field := range strings.Split(head, "\t") {
		name, total, named := strings.Cut(field, ":")
		switch {
		case i == 0:
			m.messages, err = strconv.Atoi(field)
		case named:
			m.names, m.totals = append(m.names, name), append(m.totals, number(total, maxCount))
		}
	}
	if err != nil || len(m.names) == 0 {
		return nil, fmt.Errorf("no model: it begins with %.40q", head)
	}
	return m, nil
}
