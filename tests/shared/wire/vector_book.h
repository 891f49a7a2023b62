#pragma once

#include <nlohmann/json.hpp>

#include "shared/wire/packing.h"

// The test vectors of docs/protocol.md as the code makes them: tests/shared/wire/vectors/*.json, for the test and for
// whoever writes another client.
namespace fieldclaim::test {

using Json = nlohmann::ordered_json;

/// CBOR for reading: byte strings are "h'…'", everything else is what JSON calls it.
Json toJson(const Value& value);
Value fromJson(const Json& json);

/// Change sets of two officers, whose keys and claim key are in the book.
Json changeSetVectors();
/// Segments, whole and packed, and what they unpack to.
Json segmentVectors();
/// A page of a pull: its rows whole, what the reader has already, and the packed form.
Json pageVectors();
/// A snapshot's body, and the pages in it.
Json snapshotVectors();
/// An export: the file, its key, and what is in its frames.
Json exportVectors();
/// Every message of the protocol once.
Json messageVectors();

}  // namespace fieldclaim::test
