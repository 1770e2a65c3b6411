import { differentNames, oneOf, optionsObject } from "../check.js";
import { assembled } from "./assembled.js";
import type { Dataset } from "./dataset.js";
import { labelled } from "./labels.js";
import type { ScaleMethod } from "./scaling.js";

/** Flowers of fifty plants of each species: four numbers of two digits each, in millimetres. */
const FLOWERS = `
51351402 49301402 47321302 46311502 50361402 54391704 46341403 50341502 44291402 49311501
54371502 48341602 48301401 43301101 58401202 57441504 54391304 51351403 57381703 51381503
54341702 51371504 46361002 51331705 48341902 50301602 50341604 52351502 52341402 47321602
48311602 54341504 52411501 55421402 49311502 50321202 55351302 49361401 44301302 51341502
50351303 45231303 44321302 50351606 51381904 48301403 51381602 46321402 53371502 50331402
70324714 64324515 69314915 55234013 65284615 57284513 63334716 49243310 66294613 52273914
50203510 59304215 60224010 61294714 56293613 67314414 56304515 58274110 62224515 56253911
59324818 61284013 63254915 61284712 64294313 66304414 68284814 67305017 60294515 57263510
55243811 55243710 58273912 60275116 54304515 60344516 67314715 63234413 56304113 55254013
55264412 61304614 58264012 50233310 56274213 57304212 57294213 62294313 51253011 57284113
63336025 58275119 71305921 63295618 65305822 76306621 49254517 73296318 67255818 72366125
65325120 64275319 68305521 57255020 58285124 64325323 65305518 77386722 77266923 60225015
69325723 56284920 77286720 63274918 67335721 72326018 62284818 61304918 64285621 72305816
74286119 79386420 64285622 63285115 61265614 77306123 63345624 64315518 60304818 69315421
67315624 69315123 58275119 68325923 67335725 67305223 63255019 65305220 62345423 59305118
`;

export const IRIS_FEATURES = [
  "sepal length (cm)",
  "sepal width (cm)",
  "petal length (cm)",
  "petal width (cm)",
];
const SPECIES = ["setosa", "versicolor", "virginica"];
const EACH = 50;

/** Which columns iris() gives, and how. */
export interface IrisOptions {
  /** The columns that a network sees, in this order, as in `readTable`; all four unless given. */
  readonly features?: readonly string[];
  /** "standard" or "minMax", as in `dataset`; centimetres unless given. */
  readonly scale?: ScaleMethod;
}

/**
 * Fisher's irises: length and width of sepals and petals, in centimetres, of 50 flowers of each of three species. One species is
 * linearly separable from the others, which overlap a little.
 *
 * The numbers are Fisher's own, as in R and scikit-learn. The copy of the UCI Machine Learning Repository differs in flowers 35
 * and 38.
 *
 * @param options  see IrisOptions
 * @throws RangeError for a column that is not there
 * @see Fisher 1936, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7:179–188, table I; measured by
 *   Anderson. UCI Machine Learning Repository, https://doi.org/10.24432/C56C76 (CC BY 4.0)
 * @example iris().classes // ["setosa", "versicolor", "virginica"]
 * @example iris({ features: ["petal length (cm)", "petal width (cm)"] }).features // 2
 */
export function iris(options: IrisOptions = {}): Dataset {
  const { features, scale } = optionsObject<IrisOptions>("iris", options, ["features", "scale"]);
  const names = differentNames("iris", "features", features) ?? IRIS_FEATURES;
  const columns = names.map((name) => IRIS_FEATURES.indexOf(oneOf("iris", "features", name, IRIS_FEATURES)));
  if (columns.length === 0) throw new RangeError("iris: features must name at least one column, got []");
  const millimetres = FLOWERS.match(/\d\d/g) ?? [];
  const labels = SPECIES.flatMap((species) => Array<string>(EACH).fill(species));
  const inputs = labels.flatMap((_, row) =>
    columns.map((at) => Number(millimetres[IRIS_FEATURES.length * row + at]) / 10),
  );
  return assembled("iris", {
    name: "iris",
    features: names.length,
    featureNames: names,
    inputs: Float64Array.from(inputs),
    ...labelled("iris", labels, SPECIES, String),
    targetNames: ["species"],
    scale,
  });
}
