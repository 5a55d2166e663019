package oauth

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
)

// Respond makes the HTTP answer of JSON that a sign-in library gets to read, after what the
// service really said was looked at.
func Respond(request *http.Request, status int, body []byte) *http.Response {
	return &http.Response{
		Status:        fmt.Sprint(status, " ", http.StatusText(status)),
		StatusCode:    status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        http.Header{"Content-Type": {"application/json"}},
		Body:          io.NopCloser(bytes.NewReader(body)),
		ContentLength: int64(len(body)),
		Request:       request,
	}
}
