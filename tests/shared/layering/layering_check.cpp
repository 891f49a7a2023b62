#include "tests/shared/layering/layering_check.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace fieldclaim::layering {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> kTops{"shared", "mobile", "sync-server", "qml"};
/// They decide, from what they are given alone: same input, same answer (rule 9).
constexpr std::array<std::string_view, 3> kPure{"shared/merge", "shared/domain", "shared/forms"};

using Layers = std::map<std::string, std::set<std::string>, std::less<>>;

bool isWithin(std::string_view path, std::string_view folder) {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::string_view topOf(std::string_view path) { return path.substr(0, path.find('/')); }

bool isTop(std::string_view name) { return std::find(kTops.begin(), kTops.end(), name) != kTops.end(); }

Layers readLayers(const fs::path& path) {
    std::ifstream file(path);
    Layers layers;
    for (std::string line; std::getline(file, line);) {
        const auto colon = line.find(':');
        if (colon == std::string::npos) continue;
        std::istringstream words(line.substr(colon + 1));
        auto& dependencies = layers[line.substr(0, colon)];
        for (std::string word; words >> word;) dependencies.insert(word);
    }
    if (layers.empty()) throw std::runtime_error(path.string() + ": no layers declared");
    return layers;
}

/// The innermost declared folder that holds the path; empty when none does.
std::string folderOf(const Layers& layers, std::string_view path) {
    std::string_view found;
    for (const auto& [folder, dependencies] : layers) {
        if (isWithin(path, folder) && folder.size() > found.size()) found = folder;
    }
    return std::string(found);
}

/// Who may never know whom, whatever is declared. Both sides meet only in tests.
bool mayDependOn(std::string_view from, std::string_view to) {
    const auto top = topOf(from);
    const auto target = topOf(to);
    if (top == "shared") return target == "shared";
    if (top == "sync-server") return target == "shared" || target == "sync-server";
    if (top == "mobile") return target == "shared" || target == "mobile";
    if (top == "qml") return target != "sync-server" && target != "tests";
    return true;
}

bool reaches(const Layers& layers, const std::string& from, const std::string& to, std::set<std::string>& seen) {
    const auto found = layers.find(from);
    if (found == layers.end() || !seen.insert(from).second) return false;
    return std::any_of(found->second.begin(), found->second.end(),
                       [&](const std::string& next) { return next == to || reaches(layers, next, to, seen); });
}

class Check {
public:
    Check(fs::path root, Layers layers) : m_root(std::move(root)), m_layers(std::move(layers)) {}

    std::vector<std::string> run() {
        checkDeclarations();
        for (const std::string& file : sources()) checkFile(file);
        return std::move(m_messages);
    }

private:
    void checkDeclarations() {
        for (const auto& [folder, dependencies] : m_layers) {
            for (const std::string& dependency : dependencies) {
                if (!mayDependOn(folder, dependency)) {
                    m_messages.push_back(folder + "/CMakeLists.txt: " + folder + " may not depend on " + dependency);
                }
            }
            std::set<std::string> seen;
            if (reaches(m_layers, folder, folder, seen)) {
                m_messages.push_back(folder + "/CMakeLists.txt: " + folder + " depends on itself, in a circle");
            }
        }
    }

    std::vector<std::string> sources() const {
        std::vector<std::string> files;
        for (const std::string_view top : kTops) {
            // A build without the tablet declares none of its folders.
            const bool built = std::any_of(m_layers.begin(), m_layers.end(),
                                           [&](const auto& layer) { return topOf(layer.first) == top; });
            if (!built || !fs::exists(m_root / top)) continue;
            for (const auto& entry : fs::recursive_directory_iterator(m_root / top)) {
                const auto extension = entry.path().extension();
                if (extension == ".h" || extension == ".cpp" || extension == ".qml") {
                    files.push_back(fs::relative(entry.path(), m_root).generic_string());
                }
            }
        }
        std::sort(files.begin(), files.end());
        return files;
    }

    void checkFile(const std::string& path) {
        static const std::regex include(R"re(^\s*#\s*include\s*(["<])([^">]+)[">])re");
        static const std::regex import(R"re(^\s*import\s+Fieldclaim\.(\w+))re");
        const std::string folder = folderOf(m_layers, path);
        if (folder.empty()) {
            m_messages.push_back(path + ":1: no CMakeLists.txt declares the folder of this file");
            return;
        }
        const bool is_qml = path.ends_with(".qml");
        std::ifstream file(m_root / path);
        int number = 0;
        for (std::string line; std::getline(file, line);) {
            m_where = path + ":" + std::to_string(++number) + ": ";
            std::smatch match;
            if (is_qml) {
                if (std::regex_search(line, match, import)) checkImport(folder, match[1]);
            } else if (std::regex_search(line, match, include)) {
                if (match[1] == "<") {
                    checkSystemInclude(folder, match[2]);
                } else {
                    checkInclude(folder, match[2]);
                }
            } else {
                checkClock(folder, line);
            }
        }
    }

    void checkInclude(const std::string& folder, const std::string& header) {
        if (header.ends_with(".moc")) return;
        if (!isTop(topOf(header)) && topOf(header) != "tests") {
            say(folder + " includes \"" + header + "\": project headers are named from the root, others in <>");
            return;
        }
        const std::string target = folderOf(m_layers, header);
        if (target == folder) return;
        if (target.empty() || !m_layers.at(folder).contains(target)) say(folder + " may not include " + header);
    }

    void checkSystemInclude(const std::string& folder, const std::string& header) {
        const bool knows_no_qt = isWithin(folder, "shared") || isWithin(folder, "sync-server");
        const bool is_beast = header.starts_with("boost/beast") || header.starts_with("boost/asio");
        // cpprest hands its TLS settings over as an asio::ssl::context.
        const bool is_cpprest_tls = header.starts_with("boost/asio/ssl/") && isWithin(folder, "sync-server/transfer");
        const bool does_io = header == "fstream" || header == "filesystem" || header == "iostream";
        if (knows_no_qt && header.starts_with("Q")) say(folder + " may not include <" + header + ">: no Qt here");
        if (is_beast && !is_cpprest_tls && !isWithin(folder, "sync-server/http")) {
            say(folder + " may not include <" + header + ">: sync-server/http alone knows Beast and Asio");
        }
        if (header.starts_with("cpprest/") && !isWithin(folder, "sync-server/transfer")) {
            say(folder + " may not include <" + header + ">: sync-server/transfer alone knows cpprest");
        }
        if (does_io && isPure(folder)) say(folder + " may not include <" + header + ">: no input or output here");
    }

    void checkClock(const std::string& folder, const std::string& line) {
        static const std::regex clock(R"re(\b(system_clock|steady_clock|high_resolution_clock|clock_gettime)\b)re");
        std::smatch match;
        if (isPure(folder) && std::regex_search(line, match, clock)) {
            say(folder + " may not read " + match[1].str() + ": time comes from outside");
        }
    }

    /// A module's name is the last part of its folder's, with capitals: Fieldclaim.ViewModels is mobile/viewmodels.
    void checkImport(const std::string& folder, const std::string& module) {
        const auto isModule = [&](std::string_view candidate) {
            if (topOf(candidate) != "qml" && topOf(candidate) != "mobile") return false;
            const std::string_view name = candidate.substr(candidate.rfind('/') + 1);
            return std::equal(name.begin(), name.end(), module.begin(), module.end(),
                              [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
        };
        const auto& dependencies = m_layers.at(folder);
        if (isModule(folder) || std::any_of(dependencies.begin(), dependencies.end(), isModule)) return;
        say(folder + " may not import Fieldclaim." + module);
    }

    static bool isPure(std::string_view folder) {
        return std::any_of(kPure.begin(), kPure.end(), [&](std::string_view pure) { return isWithin(folder, pure); });
    }

    void say(const std::string& what) { m_messages.push_back(m_where + what); }

    fs::path m_root;
    Layers m_layers;
    std::string m_where;
    std::vector<std::string> m_messages;
};

}  // namespace

std::vector<std::string> findWrongArrows(const fs::path& root, const fs::path& layers) {
    return Check(root, readLayers(layers)).run();
}

}  // namespace fieldclaim::layering
