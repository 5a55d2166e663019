package oauth

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Object is a JSON object whose members may have any type.
type Object map[string]json.RawMessage

// Members reads a JSON object. Anything else has no members.
func Members(text []byte) Object {
	var read Object
	if json.Unmarshal(text, &read) != nil {
		return nil
	}
	return read
}

// Text is a member that is a string or a number, as a string; else "".
func (o Object) Text(name string) string {
	var value any
	if json.Unmarshal(o[name], &value) != nil {
		return ""
	}
	switch value := value.(type) {
	case string:
		return value
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	}
	return ""
}

// Numbers is a member that is a number or a list of them, each also accepted as a string.
func (o Object) Numbers(name string) []int {
	var list []json.RawMessage
	if json.Unmarshal(o[name], &list) != nil {
		list = []json.RawMessage{o[name]}
	}
	var read []int
	for _, raw := range list {
		number, err := strconv.Atoi(strings.Trim(string(raw), `" `))
		if err == nil && number > 0 {
			read = append(read, number)
		}
	}
	return read
}
