#include <exception>
#include <iostream>

#include "tests/shared/layering/layering_check.h"

/// layering_check <root of the sources> <layers.txt of the build>: says each wrong arrow, and ends with 1 if there is
/// one.
int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: layering_check ROOT LAYERS\n";
        return 2;
    }
    try {
        const auto messages = fieldclaim::layering::findWrongArrows(argv[1], argv[2]);
        for (const auto& message : messages) std::cout << message << '\n';
        return messages.empty() ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
}
