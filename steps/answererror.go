package steps

import (
	"errors"
	"strings"
)

// AnswerError is one answer that cannot be used.
type AnswerError struct {
	Key     Key
	Missing bool
	Message string
	Fix     string
}

func (e *AnswerError) Error() string {
	if e.Fix == "" {
		return e.Message
	}
	return e.Message + "; " + e.Fix
}

// AnswerErrors are all answers that cannot be used, in the order of the road. There is at least one.
type AnswerErrors []*AnswerError

func (e AnswerErrors) Error() string {
	texts := make([]string, len(e))
	for i, one := range e {
		texts[i] = one.Error()
	}
	return strings.Join(texts, "\n")
}

func missing(key Key, what, fix string) *AnswerError {
	return &AnswerError{Key: key, Missing: true, Message: what + " is missing", Fix: fix}
}

func asAnswerErrors(err error) error {
	var one *AnswerError
	if errors.As(err, &one) {
		return AnswerErrors{one}
	}
	return err
}
