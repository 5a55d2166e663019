package likeness

import (
	"bytes"
	_ "embed"
	"sync"
)

//go:embed known.gz
var knownMessages []byte

// Known is the model of the messages in ../testdata/said, filed under the causes of the catalogue and,
// where they have nothing to do with mail, under "unknown". It is unpacked when it is first asked for.
var Known = sync.OnceValue(func() *Model {
	m, err := Read(bytes.NewReader(knownMessages))
	if err != nil {
		panic("likeness: known.gz is damaged: " + err.Error()) // a test reads it
	}
	return m
})
