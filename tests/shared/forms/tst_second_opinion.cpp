#include <QtTest>
#include <set>

#include "shared/base/text.h"
#include "shared/forms/csv.h"
#include "tests/support/forms/claim_sketch.h"

using namespace fieldclaim;

namespace {

QString q(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

/// What we hold to be true of one expression of one claim.
struct Opinion {
    QString what;
    QJsonValue ours;
};

/// The survey's rows, with their expressions as the author wrote them.
class Survey {
public:
    Survey() : m_table(CsvTable::parse(missionFiles().at("survey.csv")).value()) {}

    template <typename Each>
    void eachRow(Each each) const {
        std::string group;
        for (const auto& row : m_table.rows()) {
            const std::string type(m_table.cell(row, "type"));
            if (type == "begin_repeat") group = m_table.cell(row, "name");
            if (type == "end_repeat") group.clear();
            if (type.ends_with("_repeat")) continue;
            each(std::string(m_table.cell(row, "name")), group,
                 [&](std::string_view column) { return std::string(m_table.cell(row, column)); });
        }
    }

private:
    CsvTable m_table;
};

/// One claim's values and tasks for evaluate.js, and our own answers to the tasks.
QJsonObject claimOf(const Survey& survey, const Evaluation& now, std::vector<Opinion>& opinions) {
    QJsonObject values;
    QJsonObject groups;
    QJsonArray tasks;
    std::map<std::string, std::vector<std::string>> instances;
    for (const auto& repeat : now.repeats()) instances[repeat.repeat->id] = repeat.instances;
    std::map<std::string, std::vector<QJsonObject>> group_values;
    const auto add = [&](const std::string& key, const char* kind, const std::string& xpath, const QString& as,
                         const std::string& group, std::size_t instance, const std::string& self,
                         const QJsonValue& ours) {
        tasks.append(QJsonObject{{"xpath", q(xpath)},
                                 {"as", as},
                                 {"group", q(group)},
                                 {"instance", static_cast<qint64>(instance)},
                                 {"self", q(self)}});
        opinions.push_back({q(key) + " " + kind + " " + q(xpath) + " . = " + q(self), ours});
    };
    survey.eachRow([&](const std::string& id, const std::string& group, auto cell) {
        const auto count = group.empty() ? std::size_t{1} : instances[group].size();
        for (std::size_t i = 0; i < count; ++i) {
            const auto key = group.empty() ? id : group + "/" + instances[group][i] + "/" + id;
            const auto* state = now.find(key);
            const auto value = now.value(key);
            if (group.empty()) {
                values[q(id)] = q(value);
            } else {
                group_values[group].resize(count);
                group_values[group][i][q(id)] = q(value);
            }
            const auto relevant = cell("relevant");
            if (state != nullptr && !relevant.empty()) {
                const auto& repeats = now.repeats();
                const bool in_group =
                    group.empty() || std::any_of(repeats.begin(), repeats.end(), [&](const auto& each) {
                        return each.repeat->id == group && each.relevant;
                    });
                if (in_group) add(key, "relevant", relevant, "boolean", group, i, "", state->relevant);
            }
            // A value that its type refuses is empty to expressions, so no rule is asked about it.
            const auto constraint = cell("constraint");
            if (state != nullptr && !constraint.empty() && !value.empty()) {
                add(key, "constraint", constraint, "boolean", group, i, value, !state->invalid);
            }
            const auto calculation = cell("calculation");
            const bool stands_in = calculation.find("pulldata(") != std::string::npos ||
                                   calculation.find("prescreen(") != std::string::npos;
            if (!calculation.empty() && !stands_in)
                add(key, "calculation", calculation, "string", group, i, "", q(value));
        }
    });
    for (const auto& [group, objects] : group_values) {
        QJsonArray array;
        for (const auto& object : objects) array.append(object);
        groups[q(group)] = array;
    }
    return {{"today", q(now.today().iso())}, {"values", values}, {"groups", groups}, {"tasks", tasks}};
}

/// Enketo writes a number that is none as NaN; to us it is no value.
QJsonValue plain(const QJsonValue& theirs) { return theirs == QJsonValue("NaN") ? QJsonValue("") : theirs; }

}  // namespace

class TestSecondOpinion : public QObject {
    Q_OBJECT
private slots:
    void enketo_agrees_on_every_expression_of_random_claims() {
        const auto modules = QString(FIELDCLAIM_SOURCE_DIR) + "/deploy/npm/node_modules";
        const auto node = QStandardPaths::findExecutable("node");
        if (node.isEmpty() || !QDir(modules + "/openrosa-xpath-evaluator").exists()) {
            QFAIL("node or the npm packages are not installed: run deploy/setup");
        }
        constexpr int kClaims = 60;
        const Survey survey;
        std::vector<std::vector<Opinion>> opinions;
        QJsonArray claims;
        std::set<QString> reached;
        for (unsigned seed = 1; seed <= kClaims; ++seed) {
            std::mt19937_64 random(seed);
            ClaimSketch sketch(missionPack(),
                               Date{Date::parse("2005-01-01").value().days + static_cast<int>(random() % 900)});
            if (seed % 2 == 0) sketch.set({{"claim_type", "new"}, {"dob", "1970-05-05"}});
            const auto now = sketch.scribble(random).evaluate();
            opinions.emplace_back();
            claims.append(claimOf(survey, now, opinions.back()));
            for (const auto& state : now.questions()) {
                if (state.relevant) reached.insert(q(state.question->id));
            }
        }
        QVERIFY2(reached.size() > 150, qPrintable(QString("only %1 questions were asked").arg(reached.size())));

        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("TZ", "UTC");
        process.setProcessEnvironment(environment);
        process.start(node, {QString(FIELDCLAIM_SOURCE_DIR) + "/tests/support/enketo/evaluate.js"});
        QVERIFY(process.waitForStarted());
        process.write(
            QJsonDocument(QJsonObject{{"modules", modules}, {"claims", claims}}).toJson(QJsonDocument::Compact));
        process.closeWriteChannel();
        QVERIFY2(process.waitForFinished(120'000), "the second opinion did not come in time");
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        const auto theirs = QJsonDocument::fromJson(process.readAllStandardOutput()).array();
        QCOMPARE(theirs.size(), kClaims);

        std::size_t compared = 0;
        QStringList differences;
        for (int claim = 0; claim < kClaims; ++claim) {
            const auto answers = theirs.at(claim).toArray();
            const auto& ours = opinions[static_cast<std::size_t>(claim)];
            QCOMPARE(static_cast<std::size_t>(answers.size()), ours.size());
            for (int i = 0; i < answers.size(); ++i) {
                const auto& opinion = ours[static_cast<std::size_t>(i)];
                ++compared;
                if (plain(answers.at(i)) == opinion.ours) continue;
                differences << QString("claim %1: %2: ours %3, theirs %4")
                                   .arg(claim + 1)
                                   .arg(opinion.what, opinion.ours.toVariant().toString(),
                                        answers.at(i).toVariant().toString());
            }
        }
        qInfo("%zu expressions compared, %zu of 160 questions asked", compared, reached.size());
        QVERIFY2(differences.isEmpty(), qPrintable(differences.mid(0, 20).join("\n")));
        QVERIFY(compared > 10'000);
    }
};
QTEST_GUILESS_MAIN(TestSecondOpinion)
#include "tst_second_opinion.moc"
