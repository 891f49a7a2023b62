// fieldclaim-fuzz [--target NAME] [--seconds N] [--seed S] [--list] [FILE …]
// Runs the kept corpus, then mutated input, for so many seconds shared among the targets. A crash leaves the input in
// "crash-<target>" in the working folder; give it as FILE with --target to see it again, and keep it in
// corpus/<target>.
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "shared/base/result.h"
#include "tests/fuzz/mutator.h"
#include "tests/fuzz/targets.h"

namespace {

using fieldclaim::Bytes;
using fieldclaim::fuzz::Target;
namespace fs = std::filesystem;

// What a signal handler may look at.
const std::uint8_t* g_input = nullptr;
std::size_t g_size = 0;
char g_file[128] = "crash";

void keepInput(int signal) {
    const int file = ::open(g_file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file >= 0) {
        if (::write(file, g_input, g_size) < 0) _exit(1);
        ::close(file);
    }
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void run(const Target& target, const Bytes& input) {
    g_input = input.data();
    g_size = input.size();
    target.run(input);
}

Bytes readFile(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::uint64_t fuzz(const Target& target, std::chrono::steady_clock::duration most, std::uint64_t seed) {
    std::snprintf(g_file, sizeof g_file, "crash-%s", target.name.c_str());
    auto seeds = target.seeds;
    const fs::path corpus = fs::path(FIELDCLAIM_FUZZ_CORPUS) / target.name;
    if (fs::is_directory(corpus)) {
        for (const auto& entry : fs::directory_iterator(corpus)) seeds.push_back(readFile(entry.path()));
    }
    for (const auto& each : seeds) run(target, each);
    fieldclaim::fuzz::Mutator mutator(seed);
    const auto until = std::chrono::steady_clock::now() + most;
    std::uint64_t runs = seeds.size();
    for (; std::chrono::steady_clock::now() < until; ++runs) run(target, mutator.mutate(seeds));
    return runs;
}

struct Wish {
    std::string target;
    double seconds = 60;
    std::uint64_t seed = 1;
    bool list = false;
    std::vector<fs::path> files;
};

bool read(int count, char** texts, Wish& wish) {
    for (int i = 1; i < count; ++i) {
        const std::string text = texts[i];
        const bool more = i + 1 < count;
        if (text == "--list") {
            wish.list = true;
        } else if (text == "--target" && more) {
            wish.target = texts[++i];
        } else if (text == "--seconds" && more) {
            wish.seconds = std::strtod(texts[++i], nullptr);
        } else if (text == "--seed" && more) {
            wish.seed = std::strtoull(texts[++i], nullptr, 10);
        } else if (!text.starts_with("--")) {
            wish.files.emplace_back(text);
        } else {
            return false;
        }
    }
    return wish.files.empty() || !wish.target.empty();
}

}  // namespace

int main(int count, char** texts) {
    Wish wish;
    if (!read(count, texts, wish)) {
        std::fputs("usage: fieldclaim-fuzz [--list] [--target NAME] [--seconds N] [--seed S] [FILE ...]\n", stderr);
        return 2;
    }
    const auto& all = fieldclaim::fuzz::targets();
    if (wish.list) {
        for (const auto& target : all) std::puts(target.name.c_str());
        return 0;
    }
    const auto* const one = fieldclaim::fuzz::findTarget(wish.target);
    if (!wish.target.empty() && one == nullptr) {
        std::fprintf(stderr, "no target %s: see --list\n", wish.target.c_str());
        return 2;
    }
    for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE}) std::signal(signal, keepInput);
    if (!wish.files.empty()) {
        for (const auto& file : wish.files) run(*one, readFile(file));
        return 0;
    }
    const auto share =
        std::chrono::duration<double>(wish.seconds / (one != nullptr ? 1.0 : static_cast<double>(all.size())));
    for (const auto& target : all) {
        if (one != nullptr && &target != one) continue;
        const auto runs =
            fuzz(target, std::chrono::duration_cast<std::chrono::steady_clock::duration>(share), wish.seed);
        std::printf("%-20s %10llu inputs\n", target.name.c_str(), static_cast<unsigned long long>(runs));
        std::fflush(stdout);
    }
    return 0;
}
