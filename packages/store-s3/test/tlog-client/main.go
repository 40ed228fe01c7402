// Reads a log as any client of C2SP tlog-tiles does, with Go's own implementation of the tree: verifies the
// checkpoint's signature, authenticates every leaf hash by the tiles, and proves some records and earlier trees.
//
// Usage: tlog-client URL VKEY [bundles]
package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type reader struct{ url string }

func (r reader) Height() int { return 8 }

func (r reader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		// Go's paths name the height of tiles, which tlog-tiles leaves out.
		body, err := get(r.url + strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		data[i] = body
	}
	return data, nil
}

func (r reader) SaveTiles([]tlog.Tile, [][]byte) {}

func get(url string) ([]byte, error) {
	response, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, response.Status)
	}
	return io.ReadAll(response.Body)
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	url, vkey := os.Args[1], os.Args[2]
	verifier := must(note.NewVerifier(vkey))
	opened := must(note.Open(must(get(url+"checkpoint")), note.VerifierList(verifier)))
	var origin, root string
	var size int64
	must(fmt.Sscanf(opened.Text, "%s\n%d\n%s\n", &origin, &size, &root))
	var hash tlog.Hash
	check(hash.UnmarshalJSON([]byte(`"` + root + `"`)))
	tree := tlog.Tree{N: size, Hash: hash}
	hashes := tlog.TileHashReader(tree, reader{url})
	indexes := make([]int64, size)
	for i := range indexes {
		indexes[i] = tlog.StoredHashIndex(0, int64(i))
	}
	leaves := must(hashes.ReadHashes(indexes))
	for i := int64(0); i < size; i += 97 {
		check(tlog.CheckRecord(must(tlog.ProveRecord(size, i, hashes)), size, hash, i, leaves[i]))
	}
	for n := int64(1); n < size; n = n*3 + 1 {
		old := must(tlog.TreeHash(n, hashes))
		check(tlog.CheckTree(must(tlog.ProveTree(size, n, hashes)), size, hash, n, old))
	}
	entries := 0
	if len(os.Args) > 3 {
		entries = readBundles(url, leaves)
	}
	fmt.Printf("%s %d %d\n", origin, size, entries)
}

func readBundles(url string, leaves []tlog.Hash) int {
	entries := 0
	for n := 0; n*256 < len(leaves); n++ {
		path := fmt.Sprintf("tile/entries/%03d", n)
		if rest := len(leaves) - n*256; rest < 256 {
			path += fmt.Sprintf(".p/%d", rest)
		}
		for data := must(get(url + path)); len(data) > 0; entries++ {
			length := int(binary.BigEndian.Uint16(data))
			if tlog.RecordHash(data[2:2+length]) != leaves[entries] {
				log.Fatalf("entry %d has another hash", entries)
			}
			data = data[2+length:]
		}
	}
	return entries
}
