package probe

import (
	"bufio"
	"errors"
	"io"
)

// What is read from one server at most, in bytes. Mail servers' own lines stay far below:
// RFC 5321 section 4.5.3.1.5 asks for 512, RFC 7162 section 4 for 8,192.
const (
	maxLine    = 8 << 10
	maxSpeech  = 64 << 10  // until TLS, and over SMTP also after it
	maxMailbox = 256 << 10 // over IMAP, from signing in on
)

var (
	errEndlessLine   = errors.New("the server sends an endless line: more than 8 kB")
	errEndlessSpeech = errors.New("the server sends endless text")
)

// lineReader reads a server's lines and gives up on one that does not stop talking.
type lineReader struct {
	source *bufio.Reader
	budget int // bytes that may still be read
}

func newLineReader(source io.Reader, budget int) *lineReader {
	return &lineReader{source: bufio.NewReaderSize(source, maxLine+len("\r\n")), budget: budget}
}

// next returns one line without its end. With an error it returns what came before it.
func (r *lineReader) next() (string, error) {
	raw, err := r.source.ReadSlice('\n')
	r.budget -= len(raw)
	line := string(raw)
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return line, errEndlessLine
	case r.budget < 0:
		return line, errEndlessSpeech
	case errors.Is(err, io.EOF) && line != "":
		return line, io.ErrUnexpectedEOF
	case err != nil:
		return line, err
	}
	line = line[:len(line)-1]
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line, nil
}

// ahead reports whether the server has said more than was asked for.
func (r *lineReader) ahead() bool { return r.source.Buffered() > 0 }
