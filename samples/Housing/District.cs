namespace Housing;

/// <summary>A district of California in the census of 1990, with what its houses were worth.</summary>
/// <param name="Longitude">Degrees east.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="HousingMedianAge">Years.</param>
/// <param name="TotalRooms">Of all houses.</param>
/// <param name="TotalBedrooms">Of all houses; unknown in 207 districts.</param>
/// <param name="Population">People.</param>
/// <param name="Households">How many.</param>
/// <param name="MedianIncome">10,000 dollars a year.</param>
/// <param name="MedianHouseValue">Dollars; 500,001 for all above.</param>
public sealed record District(
    double Longitude,
    double Latitude,
    double HousingMedianAge,
    double TotalRooms,
    double? TotalBedrooms,
    double Population,
    double Households,
    double MedianIncome,
    double MedianHouseValue);
