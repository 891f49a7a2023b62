SELECT "tŷ; [a] \ ${X} @Y@", '%';
