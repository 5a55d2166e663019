package tui

import (
	"errors"
	"slices"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/steps"
)

// takeSecret keeps a hidden value out of sight, or refuses it. Either way the field is emptied:
// nobody can mend what nobody sees.
func (f *form) takeSecret(value string) {
	one := &f.fields[f.at]
	one.input.Set("")
	if one.wrong = checked(one.question, value); one.wrong != "" {
		return
	}
	f.secret = keychain.NewSecret(value)
	f.state = f.state.WithSecret(f.secret)
}

// checked is what is wrong with a value; an empty one is only wrong when the form is sent off.
func checked(q steps.Question, value string) string {
	if value == "" || q.Check == nil {
		return ""
	}
	if err := q.Check(value); err != nil {
		return wording(err)
	}
	return ""
}

func wording(err error) string {
	var one *steps.AnswerError
	if errors.As(err, &one) && one.Fix != "" {
		return one.Message + ": " + one.Fix
	}
	return err.Error()
}

// complete checks every answer and goes to the first that is wrong or missing.
func (f *form) complete() bool {
	first := -1
	for i := range f.fields {
		one := &f.fields[i]
		switch {
		case !one.question.Optional && !f.state.Has(one.question) && one.wrong == "":
			one.wrong = "this is needed"
		case one.question.Kind != steps.Hidden && one.question.Kind != steps.Confirm && one.wrong == "":
			one.wrong = checked(one.question, f.state.Value(one.question))
		}
		if one.wrong != "" && first < 0 {
			first = i
		}
	}
	if first >= 0 {
		f.focus(first)
	}
	return first < 0
}

// find is where the question of a key stands, or -1.
func (f *form) find(key steps.Key) int {
	return slices.IndexFunc(f.fields, func(one field) bool { return one.question.Key == key })
}

// blame puts errors under their fields and returns those that belong to none of them.
func (f *form) blame(wrong steps.AnswerErrors) (others steps.AnswerErrors) {
	first := -1
	for _, one := range wrong {
		i := f.find(one.Key)
		if i < 0 {
			others = append(others, one)
			continue
		}
		f.fields[i].wrong = wording(one)
		if first < 0 {
			first = i
		}
	}
	if first >= 0 {
		f.focus(first)
	}
	return others
}
